using System.Net;
using System.Text.Json.Nodes;
using Shop.Bench.Machine;

namespace Shop.Bench.Load;

/// <summary>Clients that buy as people do: two products into the cart, checkout, pay.</summary>
internal sealed class CheckoutLoad : ILoad
{
    public const int Clients = 16;

    private readonly Client[] _buyers;
    private readonly Catalog _catalog;

    private CheckoutLoad(Client[] buyers, Catalog catalog) => (_buyers, _catalog) = (buyers, catalog);

    /// <summary>Where everything goes.</summary>
    public static JsonObject Address => new()
    {
        ["name"] = "Anna Muster",
        ["line1"] = "Main Street 1",
        ["city"] = "Bern",
        ["postal_code"] = "3000",
        ["country"] = "CH",
    };

    /// <summary>Whether the shop takes payments.</summary>
    public bool Pays { get; private set; } = true;

    /// <summary>Signs the buyers in, and buys once to see what the shop can do.</summary>
    public static async Task<CheckoutLoad> PrepareAsync(Uri shop, Catalog catalog)
    {
        var load = new CheckoutLoad(await Client.BuyersAsync(shop, Clients), catalog);
        foreach (var buyer in load._buyers)
            await buyer.SendAsync(HttpMethod.Delete, new Uri(shop, "/cart_items"));
        var order = (await load.CheckOutAsync(shop, load._buyers[0])).Require(HttpStatusCode.Created);
        load.Pays = (await PayAsync(shop, load._buyers[0], order)).Status != HttpStatusCode.NotFound;
        return load;
    }

    public Task<Round> RunAsync(Uri server, int seconds) => ClosedLoop.RunAsync(Clients, seconds, client => BuyAsync(server, _buyers[client]));

    private async Task<bool> BuyAsync(Uri shop, Client buyer)
    {
        var order = await CheckOutAsync(shop, buyer);
        return order.Succeeded && (!Pays || (await PayAsync(shop, buyer, order.Json)).Succeeded);
    }

    private async Task<Answer> CheckOutAsync(Uri shop, Client buyer)
    {
        var (first, second) = OrderLoad.TwoProducts(_catalog);
        await buyer.PostAsync(new Uri(shop, "/cart_items"), new JsonObject { ["product_id"] = first, ["quantity"] = 1 });
        await buyer.PostAsync(new Uri(shop, "/cart_items"), new JsonObject { ["product_id"] = second, ["quantity"] = 1 });
        return await buyer.PostAsync(new Uri(shop, "/cart/checkout"), new JsonObject { ["shipping_address"] = Address });
    }

    private static Task<Answer> PayAsync(Uri shop, Client buyer, JsonNode order) =>
        buyer.PostAsync(new Uri(shop, $"/orders/{order["id"]}/payments"), new JsonObject { ["method"] = "sandbox_ok" });
}
