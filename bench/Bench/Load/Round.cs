namespace Shop.Bench.Load;

/// <summary>What a generator saw in one round.</summary>
/// <param name="Requests">Answers, or whole orders where one takes several requests.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="P50">Median latency in milliseconds.</param>
/// <param name="P99">99th percentile of the latency in milliseconds.</param>
/// <param name="Refused">Answers of status 400 and above.</param>
/// <param name="Broken">Requests without an answer: broken connections, and answers that took over 2 s.</param>
internal sealed record Round(long Requests, double Seconds, double P50, double P99, long Refused, long Broken)
{
    public double PerSecond => Requests / Seconds;
}

/// <summary>A generator that keeps a fixed number of clients busy: each sends its next request when it has the last one's answer.</summary>
internal interface ILoad
{
    /// <summary>Drives a server for a while.</summary>
    Task<Round> RunAsync(Uri server, int seconds);
}
