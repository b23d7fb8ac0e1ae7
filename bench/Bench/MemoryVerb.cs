using System.Diagnostics;
using System.Globalization;
using Shop.Bench.Load;
using Shop.Bench.Machine;
using Shop.Bench.Scenarios;

namespace Shop.Bench;

/// <summary>bench/memory: how much the shop occupies under a mix of everything, and whether it stays so.</summary>
internal static class MemoryVerb
{
    private const string Usage = "Usage: bench/memory [--minutes N] [--products N]; at least 3 minutes";
    private const int LeastMinutes = 3;
    private const double Limit = 200e6;
    private const double FlatPerMinute = 1024 * 1024;
    private const double Mebibyte = 1024 * 1024;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static async Task<int> RunAsync(string[] args)
    {
        var arguments = Arguments.Parse(args, Usage, ("--minutes", 10), ("--products", 10_000));
        var minutes = arguments["--minutes"];
        if (arguments.Names.Count > 0 || minutes < LeastMinutes)
            throw new BenchException(Usage);

        await using var database = await Database.StartAsync();
        var data = await database.CreateAsync("memory", new Catalog(arguments["--products"]));
        await using var shop = await App.StartAsync(App.Shop, data.Settings, "/products/1");
        var idle = shop.Memory;
        var loads = await MixAsync(shop.Address, data.Catalog);
        var rounds = Task.WhenAll(loads.Select(load => load.RunAsync(shop.Address, minutes * 60)));
        var samples = await WatchAsync(shop, rounds);
        return Judge(idle, samples, await rounds);
    }

    /// <summary>Products by id, the first page, searches and orders by wrk, and beside them 16 clients who fill carts, check out and pay.</summary>
    private static async Task<ILoad[]> MixAsync(Uri shop, Catalog catalog)
    {
        var stage = new Stage(shop, shop, catalog);
        WrkRequest[] reads = [.. Table.Products(stage), .. Enumerable.Repeat(new WrkRequest("/products"), 500), .. Table.Searches("")];
        return [new Wrk([.. reads, .. (await Table.OrdersAsync(stage))[..500]]), await CheckoutLoad.PrepareAsync(shop, catalog)];
    }

    private static async Task<List<(double Minute, double Bytes)>> WatchAsync(App shop, Task until)
    {
        var (clock, samples) = (Stopwatch.StartNew(), new List<(double, double)>());
        while (!until.IsCompleted)
        {
            await Task.WhenAny(until, Task.Delay(Pause));
            samples.Add((clock.Elapsed.TotalMinutes, shop.Memory));
            if (samples.Count % 60 == 0)
                await Console.Error.WriteLineAsync(Text($"== after {clock.Elapsed.TotalMinutes:0} minutes: {samples[^1].Item2 / Mebibyte:0.0} MiB"));
        }

        return samples;
    }

    /// <summary>What the first half brings is code that is being compiled and answers that are being kept; the second has to be flat.</summary>
    private static int Judge(long idle, List<(double Minute, double Bytes)> samples, Round[] rounds)
    {
        var later = samples.Where(sample => sample.Minute >= samples[^1].Minute / 2).ToList();
        var (highest, slope) = (samples.Max(sample => sample.Bytes), Slope(later));
        Console.WriteLine(Text($"{rounds[0].Requests} requests ({rounds[0].Refused} refused, {rounds[0].Broken} broken), {rounds[1].Requests} checkouts ({rounds[1].Refused} refused)"));
        Console.WriteLine(Text($"Idle      {idle / Mebibyte:0.0} MiB"));
        Console.WriteLine(Text($"Half way  {later[0].Bytes / Mebibyte:0.0} MiB"));
        Console.WriteLine(Text($"At last   {samples[^1].Bytes / Mebibyte:0.0} MiB"));
        Console.WriteLine(Text($"Highest   {highest / Mebibyte:0.0} MiB ({highest / 1e6:0.0} MB) {(highest < Limit ? "✓" : "✗")} under {Limit / 1e6:0} MB"));
        Console.WriteLine(Text($"Slope     {slope / Mebibyte:+0.00;-0.00} MiB a minute in the second half {(slope < FlatPerMinute ? "✓" : "✗")} flat"));
        return highest < Limit && slope < FlatPerMinute ? 0 : 1;
    }

    /// <summary>Least squares.</summary>
    private static double Slope(List<(double Minute, double Bytes)> samples)
    {
        var (minute, bytes) = (samples.Average(sample => sample.Minute), samples.Average(sample => sample.Bytes));
        return samples.Sum(sample => (sample.Minute - minute) * (sample.Bytes - bytes)) / samples.Sum(sample => Math.Pow(sample.Minute - minute, 2));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
