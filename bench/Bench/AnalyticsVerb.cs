using System.Diagnostics;
using System.Net;
using Shop.Bench.Load;
using Shop.Bench.Machine;

namespace Shop.Bench;

/// <summary>bench/analytics: whether the numbers of a year are there at once, and right.</summary>
internal static class AnalyticsVerb
{
    private const string Usage = "Usage: bench/analytics [--lines N] [--requests R]; at least 1,000 lines and 10 requests";
    private const double Limit = 50;
    private const int WarmUp = 20;

    private static readonly (string Name, string Query)[] Ranges =
    [
        ("all days", ""),
        ("the year", "?from=2025-01-01&to=2025-12-31"),
        ("12 Feb to 20 Nov", "?from=2025-02-12&to=2025-11-20"),
        ("16 Jun to 15 Jul", "?from=2025-06-16&to=2025-07-15"),
        ("one day", "?from=2025-06-15&to=2025-06-15"),
    ];

    public static async Task<int> RunAsync(string[] args)
    {
        var arguments = Arguments.Parse(args, Usage, ("--lines", 1_000_000), ("--requests", 100));
        if (arguments.Names.Count > 0 || arguments["--lines"] < 1_000 || arguments["--requests"] < 10)
            throw new BenchException(Usage);

        await using var database = await Database.StartAsync();
        var data = await database.CreateAsync("analytics", new Catalog(SalesHistory.Products), SalesHistory.Statements(arguments["--lines"]));
        Dictionary<string, string> settings = new(data.Settings) { ["Shop__Jobs__Enabled"] = "false" };
        bool isFast;
        await using (var app = await App.StartAsync(App.Shop, settings, "/products/1"))
        {
            await Database.VacuumAsync(data);
            isFast = await MeasureAsync(app, arguments["--requests"]);
        }

        var (exitCode, audit) = await App.RunAsync("audit", settings);
        Console.WriteLine(exitCode == 0 ? "The audit finds the numbers right to the cent." : audit);
        return isFast && exitCode == 0 ? 0 : 1;
    }

    private static async Task<bool> MeasureAsync(App app, int requests)
    {
        var admin = await Client.SignInAsync(app.Address, ShopData.AdminEmail, ShopData.AdminPassword);
        Console.WriteLine($"{"route",-46} {"range",-18} {"p50 ms",8} {"p99 ms",8}  under {Limit} ms");
        var isFast = true;
        foreach (var (path, range, query) in Questions())
        {
            var (median, most) = await MeasureAsync(admin, new Uri(app.Address, path + query), requests);
            Console.WriteLine($"{path,-46} {range,-18} {median,8:0.0} {most,8:0.0}  {(most < Limit ? "yes" : median < Limit ? "the median" : "no")}");
            isFast &= median < Limit;
        }

        return isFast;
    }

    private static IEnumerable<(string Path, string Range, string Query)> Questions() =>
    [
        ("/purchases/analytic/most_valuable_customer", Ranges[0].Name, ""),
        ("/purchases/analytic/most_popular_product", Ranges[0].Name, ""),
        .. from route in (string[])["revenue", "top_products", "top_customers"]
           from range in Ranges
           select ($"/analytics/{route}", range.Name, range.Query),
    ];

    private static async Task<(double Median, double Most)> MeasureAsync(Client admin, Uri address, int requests)
    {
        var latencies = new double[requests];
        for (var request = -WarmUp; request < requests; request++)
        {
            var started = Stopwatch.GetTimestamp();
            var answer = await admin.GetAsync(address);
            if (answer.Status != HttpStatusCode.OK)
                throw new BenchException($"{address} answered {answer.Status}: {answer.Body}");
            if (request >= 0)
                latencies[request] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        Array.Sort(latencies);
        return (latencies[requests / 2], latencies[Math.Min(requests - 1, requests * 99 / 100)]);
    }
}
