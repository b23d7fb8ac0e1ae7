using System.Text.Json.Nodes;
using Shop.Bench.Machine;

namespace Shop.Bench.Load;

/// <summary>Clients that place orders of two lines, one request each.</summary>
internal sealed class OrderLoad(Catalog catalog) : ILoad
{
    private static readonly Client Nobody = new();

    /// <summary>An order of one unit each of two products.</summary>
    public static JsonObject Body(Catalog catalog)
    {
        var (first, second) = TwoProducts(catalog);
        return new JsonObject { ["status"] = "placed", ["items"] = new JsonArray(Line(first), Line(second)) };
    }

    /// <summary>Two different products by chance.</summary>
    public static (int First, int Second) TwoProducts(Catalog catalog)
    {
        var first = Random.Shared.Next(catalog.Products);
        var second = (first + 1 + Random.Shared.Next(catalog.Products - 1)) % catalog.Products;
        return (first + 1, second + 1);
    }

    public Task<Round> RunAsync(Uri server, int seconds)
    {
        var address = new Uri(server, "/orders");
        return ClosedLoop.RunAsync(CheckoutLoad.Clients, seconds, async _ => (await Nobody.PostAsync(address, Body(catalog))).Succeeded);
    }

    private static JsonObject Line(int product) => new() { ["product_id"] = product, ["quantity"] = 1 };
}
