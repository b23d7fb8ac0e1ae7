using Shop.Bench.Machine;

namespace Shop.Bench.Import;

/// <summary>Takes one file through an empty shop of its own, and looks at each step whether it did what it has to.</summary>
/// <param name="database">Where the shop's database is made.</param>
/// <param name="path">The file.</param>
internal sealed class Trial(Database database, string path)
{
    private readonly List<string> _broken = [];

    /// <summary>How many rows of the file can't be read.</summary>
    public long Unreadable { get; init; }

    /// <summary>The same catalog with one of <see cref="CatalogFile.RowsPerChange"/> rows changed; null for a file that is no catalog.</summary>
    public string? Changed { get; init; }

    public async Task<TrialResult> RunAsync(string name, string shop)
    {
        var data = await database.CreateEmptyAsync(shop);
        await using var app = await App.StartAsync(App.Shop, data.Settings, "/health/ready");
        using var loader = await Loader.SignInAsync(app, database);
        var server = database.Cpu;
        var (before, rows) = await BareCopy.RunAsync(data.ConnectionString, path);
        var copyCpu = (database.Cpu - server).TotalSeconds;
        var (first, report) = await loader.LoadAsync(path);
        var (after, _) = await BareCopy.RunAsync(data.ConnectionString, path);
        Expect("rows are read that can't be", report.Rejected == Unreadable || Changed is null);
        Expect("an empty shop knows rows", report is { Updated: 0, Unchanged: 0 } && report.Rows == rows);

        var (again, repeated) = await loader.LoadAsync(path);
        Expect("loading the file again changes something", repeated is { Created: 0, Updated: 0 } && repeated.Unchanged == report.Created);
        var steps = new List<Step> { new("first load", first), new("again", again) };
        if (Changed is not null)
            await ChangeAsync(loader, report.Products, steps);

        await app.DisposeAsync();
        var (exitCode, audit) = await App.RunAsync("audit", data.Settings);
        Expect(audit, exitCode == 0);
        await database.DropAsync(data);
        return new TrialResult(name, rows, [before, after], copyCpu, steps, _broken);
    }

    private async Task ChangeAsync(Loader loader, long products, List<Step> steps)
    {
        var (dryRun, promised) = await loader.LoadAsync(Changed!, dryRun: true);
        var (changed, report) = await loader.LoadAsync(Changed!);
        Expect("a dry run changes something, or says something else", promised == report);
        Expect("another number of products changes than differ", report.Created == 0 && report.Updated == products / CatalogFile.RowsPerChange);

        var exported = path + ".exported";
        var export = await loader.ExportAsync(exported);
        var (back, unchanged) = await loader.LoadAsync(exported);
        Expect("an export that is loaded changes something", unchanged is { Created: 0, Updated: 0, Rejected: 0 } && unchanged.Unchanged == products);
        File.Delete(exported);
        steps.AddRange([new("1% changed, dry run", dryRun), new("1% changed", changed), new("export", export), new("the export", back)]);
    }

    private void Expect(string otherwise, bool isTrue)
    {
        if (!isTrue)
            _broken.Add(otherwise);
    }
}

/// <summary>How a file fared.</summary>
/// <param name="File">What it is called.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Copies">Seconds of the bare COPY, before and after the first load.</param>
/// <param name="CopyCpu">Processor seconds of PostgreSQL for the first of them.</param>
/// <param name="Steps">What was done with it, in order.</param>
/// <param name="Broken">What was not as it has to be.</param>
internal sealed record TrialResult(string File, long Rows, IReadOnlyList<double> Copies, double CopyCpu, IReadOnlyList<Step> Steps, IReadOnlyList<string> Broken)
{
    /// <summary>Seconds of the bare COPY.</summary>
    public double Copy => Copies.Average();
}

/// <summary>A load or an export.</summary>
internal sealed record Step(string Name, LoadCost Cost);
