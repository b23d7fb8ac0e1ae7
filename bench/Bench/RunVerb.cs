using System.Runtime.InteropServices;
using Shop.Bench.Machine;
using Shop.Bench.Scenarios;

namespace Shop.Bench;

/// <summary>bench/run: the shop against the limit.</summary>
internal static class RunVerb
{
    private const string Start = "start";

    public static async Task<int> RunAsync(string[] args)
    {
        var usage = $"Usage: bench/run [scenario…] [--products N] [--rounds R] [--seconds S] [--publish]; scenarios, or how they begin: {string.Join(", ", Table.All.Select(each => each.Name))}, {Start}";
        var arguments = Arguments.Parse(args, usage, ("--products", 10_000), ("--rounds", 5), ("--seconds", 5));
        var scenarios = Choose(arguments.Names, usage);
        var (products, rounds, seconds) = (arguments["--products"], arguments["--rounds"], arguments["--seconds"]);

        await using var database = await Database.StartAsync();
        var data = new Dictionary<bool, ShopData>();
        var runner = new Runner(database, DataAsync, rounds, seconds);
        var results = new List<ScenarioResult>();
        foreach (var scenario in scenarios)
        {
            await Console.Error.WriteLineAsync($"== {scenario.Name}");
            results.Add(await runner.MeasureAsync(scenario));
            await Console.Error.WriteLineAsync(Report.Row(results[^1]));
        }

        var start = arguments.Names.Count == 0 || arguments.Names.Contains(Start) ? await StartTime.MeasureAsync(await DataAsync(false), rounds) : null;
        var machine = $"{Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}";
        var run = new RunResult(DateTimeOffset.UtcNow, machine, products, rounds, seconds, results, start);
        Console.WriteLine(Report.Table(run));
        await Console.Error.WriteLineAsync($"Written to {Report.Save(run)}");
        if (arguments.Publish)
            Report.Publish(run);
        return results.Any(result => result.Subject is null && result.Note is null) ? 1 : 0;

        async Task<ShopData> DataAsync(bool large)
        {
            if (!data.TryGetValue(large, out var known))
            {
                var catalog = new Catalog(large ? Table.LargeCatalog : products);
                await Console.Error.WriteLineAsync($"== making {catalog.Products} products");
                data[large] = known = await database.CreateAsync(large ? "large" : "products", catalog);
            }

            return known;
        }
    }

    private static Scenario[] Choose(List<string> names, string usage)
    {
        string[] wanted = [.. names.Where(name => name != Start)];
        Scenario[] chosen = [.. Table.All.Where(each => names.Count == 0 || wanted.Any(name => Fits(each.Name, name)))];
        return wanted.All(name => chosen.Any(each => Fits(each.Name, name))) ? chosen : throw new BenchException(usage);
    }

    /// <summary>A name is meant exactly where one is called so, else all that begin with it.</summary>
    private static bool Fits(string scenario, string name) =>
        Table.All.Any(each => each.Name == name) ? scenario == name : scenario.StartsWith(name, StringComparison.Ordinal);
}
