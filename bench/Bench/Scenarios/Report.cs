using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shop.Bench.Machine;

namespace Shop.Bench.Scenarios;

/// <summary>Says what a run found out: as a Markdown table, and as JSON for who compares runs.</summary>
internal static partial class Report
{
    private const string Header = """
        | scenario | compared with | shop/s | other/s | ratio (min–max) | floor, goal | p50 ms | p99 ms | server µs | database µs | MiB idle, loaded |
        | --- | --- | ---: | ---: | --- | --- | --- | --- | --- | --- | --- |
        """;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>A scenario's row.</summary>
    public static string Row(ScenarioResult result)
    {
        var note = result.Note is null ? "" : $" ({result.Note})";
        if (result.Subject is not { } subject || result.Reference is not { } reference)
            return $"| {result.Title}{note} | {result.Against} | | | | {result.Floor:0.00}, {result.Goal:0.00} | | | | | |";

        var verdict = result.Ratio >= result.Goal ? "✓✓" : result.Ratio >= result.Floor ? "✓" : "✗";
        var latency = result.Latency is not { } times ? "" : times <= ScenarioResult.MostLatency ? " ✓" : " ✗";
        return string.Create(CultureInfo.InvariantCulture, $"""
            | {result.Title}{note} | {result.Against} | {subject.PerSecond:0} | {reference.PerSecond:0} | **{result.Ratio:0.000}** ({result.Ratios.Min():0.000}–{result.Ratios.Max():0.000}) {verdict} | {result.Floor:0.00}, {result.Goal:0.00} | {subject.P50:0.00} : {reference.P50:0.00} | {subject.P99:0.00} : {reference.P99:0.00}{latency} | {subject.ServerCpu:0} : {reference.ServerCpu:0} | {subject.DatabaseCpu:0} : {reference.DatabaseCpu:0} | {result.IdleMemory:0}, {result.LoadedMemory:0} |
            """);
    }

    /// <summary>The whole table with what was measured, where and how.</summary>
    public static string Table(RunResult run)
    {
        var about = string.Create(CultureInfo.InvariantCulture, $"{run.At:yyyy-MM-dd}, {run.Machine}, {run.Products:N0} products, {run.Rounds} rounds of {run.Seconds} s.");
        var start = run.Start is null ? "" : string.Create(
            CultureInfo.InvariantCulture, $"\nFirst product served after {run.Start.DatabaseUp:0.00} s (database up), {run.Start.LocalCluster:0.00} s (local cluster).\n");
        return $"{about}\n\n{Header}\n{string.Join('\n', run.Scenarios.Select(Row))}\n{start}";
    }

    /// <summary>Writes the run's file.</summary>
    /// <returns>Where.</returns>
    public static string Save(RunResult run) => Save(run.At, "", run);

    /// <summary>Writes what a run found out.</summary>
    /// <param name="at">When it was.</param>
    /// <param name="suffix">What the file's name ends with, before its extension.</param>
    /// <param name="run">What was found out.</param>
    /// <returns>Where.</returns>
    public static string Save<T>(DateTimeOffset at, string suffix, T run)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Workplace.Project, "bench", "results")).FullName;
        var file = Path.Combine(folder, at.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture) + suffix + ".json");
        File.WriteAllText(file, JsonSerializer.Serialize(run, Json) + "\n");
        return file;
    }

    /// <summary>Puts the run's table into the bench's README.</summary>
    public static void Publish(RunResult run)
    {
        var readme = Path.Combine(Workplace.Project, "bench", "README.md");
        File.WriteAllText(readme, Latest().Replace(File.ReadAllText(readme), _ => $"<!-- latest -->\n{Table(run)}<!-- end -->"));
    }

    [GeneratedRegex("<!-- latest -->.*<!-- end -->", RegexOptions.Singleline)]
    private static partial Regex Latest();
}
