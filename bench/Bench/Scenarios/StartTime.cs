using Shop.Bench.Machine;

namespace Shop.Bench.Scenarios;

/// <summary>How long the shop takes from its process's start to the first product served.</summary>
internal static class StartTime
{
    public static async Task<StartResult> MeasureAsync(ShopData data, int rounds)
    {
        var local = new Dictionary<string, string>(data.Settings)
        {
            ["Shop__Database"] = "Local",
            ["Shop__DataDirectory"] = Path.Combine(Workplace.Folder, "local"),
            ["Shop__Demo"] = "true",
        };
        await OnceAsync(local); // makes the cluster and the demo shop
        return new StartResult(await MedianAsync(data.Settings, rounds), await MedianAsync(local, rounds));
    }

    private static async Task<double> MedianAsync(Dictionary<string, string> settings, int rounds)
    {
        var times = new List<double>();
        for (var round = 0; round < rounds; round++)
            times.Add(await OnceAsync(settings));
        return Statistics.Median(times);
    }

    private static async Task<double> OnceAsync(Dictionary<string, string> settings)
    {
        await using var app = await App.StartAsync(App.Shop, settings, "/products?limit=1");
        return app.Started.TotalSeconds;
    }
}
