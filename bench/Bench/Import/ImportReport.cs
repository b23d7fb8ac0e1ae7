using System.Globalization;
using System.Text;
using Shop.Bench.Scenarios;

namespace Shop.Bench.Import;

/// <summary>Says how files fared, as rows of a table.</summary>
internal static class ImportReport
{
    public const string Header = """
        | file | step | s | bare COPY s | ratio | rows/s | shop CPU s | database CPU s | COPY's CPU s | MiB more |
        | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
        """;

    /// <summary>One row for each step, and what was broken.</summary>
    public static string Rows(TrialResult result)
    {
        var rows = new StringBuilder();
        foreach (var (name, cost) in result.Steps)
        {
            rows.AppendLine(CultureInfo.InvariantCulture, $"""
                | {result.File} | {name} | {cost.Seconds:0.00} | {result.Copy:0.00} | **{cost.Seconds / result.Copy:0.0}** | {result.Rows / cost.Seconds:0} | {cost.ShopCpu:0.00} | {cost.DatabaseCpu:0.00} | {result.CopyCpu:0.00} | {cost.Growth:0} |
                """);
        }

        foreach (var broken in result.Broken)
            rows.AppendLine(CultureInfo.InvariantCulture, $"BROKEN, {result.File}: {broken}");
        return rows.ToString();
    }

    /// <summary>The middle of all rounds for each file and step.</summary>
    public static string Medians(IEnumerable<TrialResult> results)
    {
        var lines = new StringBuilder();
        var steps = from result in results from step in result.Steps group (result, step) by (result.File, step.Name);
        foreach (var step in steps)
        {
            var ratio = Statistics.Median(step.Select(each => each.step.Cost.Seconds / each.result.Copy));
            var speed = Statistics.Median(step.Select(each => each.result.Rows / each.step.Cost.Seconds));
            var growth = step.Max(each => each.step.Cost.Growth);
            lines.AppendLine(CultureInfo.InvariantCulture, $"{step.Key.File}, {step.Key.Name}: {ratio:0.0} times a bare COPY, {speed:0} rows a second, at most {growth:0} MiB more");
        }

        return lines.ToString();
    }
}
