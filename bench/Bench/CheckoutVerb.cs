using Shop.Bench.Checkout;
using Shop.Bench.Load;
using Shop.Bench.Machine;

namespace Shop.Bench;

/// <summary>bench/checkout: many buyers at once, then the audit.</summary>
internal static class CheckoutVerb
{
    private const string Usage = "Usage: bench/checkout [--buyers N] [--products M] [--nodes 1|2] [--seconds S]; at most 128 buyers, at least 4 products";

    /// <summary>Every third product is scarce, so that orders find too little of it.</summary>
    private const string Stock = "CASE WHEN i % 3 = 0 THEN (40 * bench.chance(i, 85))::int ELSE 1000000 END";

    public static async Task<int> RunAsync(string[] args)
    {
        var arguments = Arguments.Parse(args, Usage, ("--buyers", 32), ("--products", 50), ("--nodes", 1), ("--seconds", 30));
        if (arguments.Names.Count > 0 || arguments["--buyers"] > Catalog.Buyers || arguments["--products"] < 4)
            throw new BenchException(Usage);

        await using var database = await Database.StartAsync();
        var data = await database.CreateAsync("checkout", new Catalog(arguments["--products"]) { Stock = Stock });
        var (tally, round) = await DriveAsync(data, arguments);
        var (exitCode, audit) = await App.RunAsync("audit", data.Settings);
        tally.Print(round);
        Console.WriteLine(audit);
        return exitCode == 0 && tally.IsClean ? 0 : 1;
    }

    private static async Task<(Tally Tally, Round Round)> DriveAsync(ShopData data, Arguments arguments)
    {
        var nodes = new List<App>();
        try
        {
            for (var node = 0; node < arguments["--nodes"]; node++)
                nodes.Add(await App.StartAsync(App.Shop, data.Settings, "/products/1"));
            Uri[] addresses = [.. nodes.Select(node => node.Address)];
            var shop = await Abilities.FindAsync(addresses, data.Catalog);
            Console.WriteLine($"{arguments["--buyers"]} buyers, {data.Catalog.Products} products, {nodes.Count} nodes, {arguments["--seconds"]} s; "
                + $"coupons: {Has(shop.HasCoupons)}, payments: {Has(shop.HasPayments)}, refunds: {Has(shop.HasRefunds)}");

            var tally = new Tally();
            Buyer[] buyers = [.. (await Client.BuyersAsync(addresses[0], arguments["--buyers"])).Select(client => new Buyer(client, shop, tally))];
            return (tally, await ClosedLoop.RunAsync(buyers.Length, arguments["--seconds"], buyer => buyers[buyer].ActAsync()));
        }
        finally
        {
            foreach (var node in nodes)
                await node.DisposeAsync();
        }
    }

    private static string Has(bool ability) => ability ? "yes" : "not there yet";
}
