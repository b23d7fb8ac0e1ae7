using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Bench.Load;
using Shop.Bench.Machine;

namespace Shop.Bench.Import;

/// <summary>Loads files into a shop and out of it, as its admin, over HTTP.</summary>
internal sealed class Loader : IDisposable
{
    private readonly App _app;
    private readonly Database _database;
    private readonly HttpClient _http;

    private Loader(App app, Database database, string token)
    {
        (_app, _database) = (app, database);
        _http = new HttpClient { BaseAddress = app.Address, Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public static async Task<Loader> SignInAsync(App app, Database database) =>
        new(app, database, (await Client.SignInAsync(app.Address, ShopData.AdminEmail, ShopData.AdminPassword)).Token!);

    /// <summary>Loads a file.</summary>
    public async Task<(LoadCost Cost, LoadReport Report)> LoadAsync(string path, bool dryRun = false)
    {
        await using var file = File.OpenRead(path);
        using var content = new StreamContent(file, 1 << 16) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } };
        var report = JsonNode.Parse("{}")!;
        var cost = await MeasureAsync(async () =>
        {
            using var answer = await _http.PostAsync($"/products/data/backfill?dry_run={(dryRun ? "true" : "false")}", content);
            var body = await answer.Content.ReadAsStringAsync();
            report = answer.StatusCode == HttpStatusCode.OK ? JsonNode.Parse(body)! : throw new BenchException($"{path} was not loaded: {(int)answer.StatusCode} {body}");
        });
        return (cost, report.Deserialize<LoadReport>(JsonSerializerOptions.Web)!);
    }

    /// <summary>Writes the shop's catalog to a file.</summary>
    public Task<LoadCost> ExportAsync(string path) => MeasureAsync(async () =>
    {
        await using var file = File.Create(path);
        await using var export = await _http.GetStreamAsync("/products/data/export");
        await export.CopyToAsync(file);
    });

    public void Dispose() => _http.Dispose();

    private async Task<LoadCost> MeasureAsync(Func<Task> work)
    {
        var (shop, server, memory) = (_app.Cpu, _database.Cpu, _app.Memory);
        _app.ForgetPeak();
        var started = Stopwatch.GetTimestamp();
        await work();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return new LoadCost(seconds, (_app.Cpu - shop).TotalSeconds, (_database.Cpu - server).TotalSeconds, Math.Max(0, _app.PeakMemory - memory) / 1_048_576d);
    }
}

/// <summary>What one load or export took.</summary>
/// <param name="Seconds">From request to answer.</param>
/// <param name="ShopCpu">Seconds of the shop's processor time.</param>
/// <param name="DatabaseCpu">The same of all of PostgreSQL's processes.</param>
/// <param name="Growth">By how much the shop's memory exceeded what it was before, in MiB.</param>
internal sealed record LoadCost(double Seconds, double ShopCpu, double DatabaseCpu, double Growth);

/// <summary>What the shop says of a load.</summary>
internal sealed record LoadReport(long Rows, long Loaded, long Rejected, long Created, long Updated, long Unchanged, long Products, long Orders);
