namespace Shop.Bench.Scenarios;

/// <summary>All that one run found out.</summary>
internal sealed record RunResult(DateTimeOffset At, string Machine, int Products, int Rounds, int Seconds, IReadOnlyList<ScenarioResult> Scenarios, StartResult? Start);

/// <summary>How a scenario went.</summary>
internal sealed record ScenarioResult(string Name, string Title, string Against, double Floor, double Goal)
{
    public const double MostLatency = 3;

    /// <summary>Whether the other side is the limit, of whose latency the shop may take no more than <see cref="MostLatency"/> times as much.</summary>
    public bool AgainstLimit { get; init; }

    public SideResult? Subject { get; init; }

    public SideResult? Reference { get; init; }

    /// <summary>Subject over reference, one for each pair of rounds.</summary>
    public IReadOnlyList<double> Ratios { get; init; } = [];

    /// <summary>The subject's memory when it has started and after its last round, in MiB.</summary>
    public double IdleMemory { get; init; }

    public double LoadedMemory { get; init; }

    /// <summary>What is to be known about it: a feature that is missing, a failure.</summary>
    public string? Note { get; init; }

    /// <summary>How often the limit's 99th percentile fits into the shop's, where it may not be more; else null.</summary>
    public double? Latency => AgainstLimit && Subject is { } subject && Reference is { P99: > 0 } reference ? subject.P99 / reference.P99 : null;

    /// <summary>The middle ratio.</summary>
    public double Ratio => Statistics.Median(Ratios);
}

/// <summary>One side of a scenario: medians over the rounds; latency in milliseconds, processor time in microseconds a request.</summary>
internal sealed record SideResult(double PerSecond, double P50, double P99, double ServerCpu, double DatabaseCpu, long Refused, long Broken);

/// <summary>From the process's start to the first product served, in seconds; medians.</summary>
internal sealed record StartResult(double DatabaseUp, double LocalCluster);

internal static class Statistics
{
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? 0 : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
