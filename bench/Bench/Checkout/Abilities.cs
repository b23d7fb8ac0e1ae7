using System.Net;
using System.Text.Json.Nodes;
using Shop.Bench.Load;
using Shop.Bench.Machine;

namespace Shop.Bench.Checkout;

/// <summary>The shop that buyers meet: where it is, what it sells, what it can do already.</summary>
internal sealed record Abilities(Uri[] Nodes, Catalog Catalog, Client Admin)
{
    /// <summary>A coupon for everybody, one that is soon used up, one that each may use once.</summary>
    public static readonly string[] Coupons = ["TENTH", "FEW", "ONCE"];

    private const int UsesOfFew = 20;

    public bool HasCoupons { get; private init; }

    public bool HasPayments { get; private init; }

    public bool HasRefunds { get; private init; }

    /// <summary>Any of the nodes.</summary>
    public Uri Anywhere(string path) => new(Nodes[Random.Shared.Next(Nodes.Length)], path);

    /// <summary>Tries out what the shop can do, and makes the coupons.</summary>
    public static async Task<Abilities> FindAsync(Uri[] nodes, Catalog catalog)
    {
        var shop = new Abilities(nodes, catalog, await Client.SignInAsync(nodes[0], ShopData.AdminEmail, ShopData.AdminPassword));
        JsonObject[] coupons =
        [
            new() { ["code"] = Coupons[0], ["percent"] = 10 },
            new() { ["code"] = Coupons[1], ["amount"] = 5, ["max_uses"] = UsesOfFew },
            new() { ["code"] = Coupons[2], ["percent"] = 33, ["max_uses_per_user"] = 1 },
        ];
        var hasCoupons = true;
        foreach (var coupon in coupons)
            hasCoupons &= (await shop.Admin.PostAsync(shop.Anywhere("/coupons"), coupon)).Status == HttpStatusCode.Created;

        var order = (await shop.Admin.PostAsync(shop.Anywhere("/orders"), new JsonObject { ["product_id"] = 1, ["status"] = "placed" })).Require(HttpStatusCode.Created);
        return shop with
        {
            HasCoupons = hasCoupons,
            HasPayments = (await shop.Admin.PostAsync(shop.Anywhere($"/orders/{order["id"]}/payments"), new JsonObject { ["method"] = "sandbox_ok" })).Succeeded,
            HasRefunds = (await shop.Admin.PostAsync(shop.Anywhere($"/orders/{order["id"]}/refunds"), new JsonObject { ["reason"] = "trying out" })).Succeeded,
        };
    }
}
