using System.IO.Compression;
using Shop.Bench.Import;
using Shop.Bench.Machine;
using Shop.Bench.Scenarios;

namespace Shop.Bench;

/// <summary>bench/import: loading files, against a bare COPY of them.</summary>
internal static class ImportVerb
{
    private const string Usage = "Usage: bench/import [FILE.csv[.gz]…] [--products N] [--rounds R]; at least 1,000 products";
    private const int SmallerBy = 10;

    /// <summary>By how much more the shop's memory may grow with the file of <see cref="SmallerBy"/> times as many rows, in MiB: what chance makes of it.</summary>
    private const double MaxGrowth = 50;

    public static async Task<int> RunAsync(string[] args)
    {
        var arguments = Arguments.Parse(args, Usage, ("--products", 1_000_000), ("--rounds", 3));
        if (arguments["--products"] < 1_000 || arguments.Names.Any(name => !File.Exists(name)))
            throw new BenchException(Usage);

        await using var database = await Database.StartAsync();
        var trials = await PrepareAsync(database, arguments.Names, arguments["--products"]);
        var results = new List<TrialResult>();
        Console.WriteLine(ImportReport.Header);
        for (var round = 1; round <= arguments["--rounds"]; round++)
        {
            foreach (var (name, trial) in trials)
            {
                results.Add(await trial.RunAsync(name, $"import_{results.Count}"));
                Console.Write(ImportReport.Rows(results[^1]));
            }
        }

        Console.Write(ImportReport.Medians(results));
        var isFlat = arguments.Names.Count > 0 || IsFlat(results, trials[0].Name, trials[1].Name);
        Console.WriteLine(isFlat ? "" : "The shop's memory grows with the file.");
        await Console.Error.WriteLineAsync($"Written to {Report.Save(DateTimeOffset.UtcNow, "-import", results)}");
        return isFlat && results.TrueForAll(result => result.Broken.Count == 0) ? 0 : 1;
    }

    private static async Task<List<(string Name, Trial Trial)>> PrepareAsync(Database database, List<string> files, int products)
    {
        var trials = new List<(string, Trial)>();
        foreach (var count in files.Count == 0 ? [products / SmallerBy, products] : Array.Empty<int>())
        {
            var (file, changed) = (Path.Combine(Workplace.Folder, $"{count}.csv"), Path.Combine(Workplace.Folder, $"{count}-changed.csv"));
            await CatalogFile.WriteAsync(file, count, isChanged: false);
            await CatalogFile.WriteAsync(changed, count, isChanged: true);
            trials.Add(($"{count:N0} products", new Trial(database, file) { Unreadable = 1, Changed = changed }));
        }

        foreach (var given in files)
        {
            var file = Path.Combine(Workplace.Folder, $"{trials.Count}.csv");
            await using (var source = File.OpenRead(given))
            await using (var target = File.Create(file))
            await using (Stream plain = given.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(source, CompressionMode.Decompress) : source)
                await plain.CopyToAsync(target);
            trials.Add((Path.GetFileName(given), new Trial(database, file)));
        }

        return trials;
    }

    private static bool IsFlat(List<TrialResult> results, string smaller, string larger) =>
        Growth(results, larger) <= Growth(results, smaller) + MaxGrowth;

    private static double Growth(List<TrialResult> results, string file) =>
        Statistics.Median(results.Where(result => result.File == file).Select(result => result.Steps.Max(step => step.Cost.Growth)));
}
