using System.Text.Json;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Caching;

/// <summary>Every way to change what a cached answer shows is seen by the next reader. Nothing else ends what is cached here.</summary>
[Parallelizable(ParallelScope.Self)]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class ChangesTests
{
    private ShopServer _shop = null!;
    private Actor _admin = null!;

    [OneTimeSetUp]
    public async Task StartShop()
    {
        _shop = await ShopServer.StartAsync(services: Kept.ForLong);
        _admin = await _shop.AdminAsync();
    }

    [OneTimeTearDown]
    public async Task StopShop() => await _shop.DisposeAsync();

    [Test]
    public async Task What_its_seller_edits()
    {
        var seller = await _shop.CustomerAsync();
        var id = await ListAsync(seller);

        await ChangesAsync(id, seller, () => seller.PatchAsync($"/products/{id}", new { price = 11 }), product => Number(product, "price") == 11);
        await ChangesAsync(id, seller, () => seller.PutAsync($"/products/{id}", new { name = "Other", price = 12 }), product => Number(product, "price") == 12);
        await ChangesAsync(id, seller, () => _admin.PatchAsync($"/products/{id}", new { stock = 7 }), product => Number(product, "stock") == 7);
    }

    [Test]
    public async Task What_orders_hold_and_give_back()
    {
        var (seller, buyer) = (await _shop.CustomerAsync(), await _shop.CustomerAsync());
        var id = await ListAsync(seller);
        Answer order = null!;

        await ChangesAsync(id, seller, async () => order = await buyer.OrderAsync(id, 3, "placed"), product => Number(product, "stock") == 97);
        await ChangesAsync(id, seller, () => buyer.DeleteAsync($"/orders/{order.Id}"), product => Number(product, "stock") == 100);
        await buyer.PutInCartAsync(id, 2);
        await ChangesAsync(
            id, seller, () => buyer.PostAsync("/cart/checkout", new { shipping_address = Buying.Address() }), product => Number(product, "stock") == 98);
        await ChangesAsync(
            id, seller, () => _admin.PostAsync("/purchases", new { user_id = buyer.UserId, product_id = id, quantity = 8 }), product => Number(product, "stock") == 90);
    }

    [Test]
    public async Task What_expires()
    {
        await using var shop = await ExpiringShop.StartAsync();
        var id = await shop.ProductAsync(stock: 5);
        await shop.Admin.OrderAsync(id, 5, "placed");
        (await shop.Server.ReadCachedAsync($"/products/{id}"))["stock"].GetInt32().ShouldBe(0);
        shop.LetTimePass();

        await shop.SweepAsync();

        (await shop.Admin.GetAsync($"/products/{id}"))["stock"].GetInt32().ShouldBe(5);
    }

    [Test]
    public async Task What_sells_best()
    {
        var seller = await _shop.CustomerAsync();
        var (first, second) = (await ListAsync(seller), await ListAsync(seller));
        var path = $"/products?seller_id={seller.UserId}&sort=popular";
        (await _shop.ReadCachedAsync(path)).Ids().ShouldBe([second, first]);

        (await _admin.PostAsync("/purchases", new { user_id = seller.UserId, product_id = first, quantity = 1 })).ShouldBe(201);

        (await _admin.GetAsync(path)).Ids().ShouldBe([first, second]);
    }

    [Test]
    public async Task What_reviewers_think()
    {
        var seller = await _shop.CustomerAsync();
        var id = await ListAsync(seller);
        Answer review = null!;

        await ChangesAsync(
            id, seller, async () => review = await _admin.PostAsync($"/products/{id}/reviews", new { rating = 5 }), product => Number(product, "rating") == 5);
        await ChangesAsync(id, seller, () => _admin.PatchAsync($"/reviews/{review.Id}", new { rating = 1 }), product => Number(product, "rating") == 1);
        await ChangesAsync(id, seller, () => _admin.DeleteAsync($"/reviews/{review.Id}"), product => Number(product, "review_count") == 0);
    }

    [Test]
    public async Task How_its_category_is_called_and_which_there_are()
    {
        var seller = await _shop.CustomerAsync();
        var (name, renamed) = (Unique("Category"), Unique("Renamed"));
        var id = (await seller.PostAsync("/products", new { name = "Thing", price = 1, category = name })).ShouldBe(201).Id;
        var category = (await _admin.GetAsync($"/products/{id}"))["category_id"].GetInt64();
        var path = $"/categories/{category}";
        (await _shop.ReadCachedAsync(path)).Text("name").ShouldBe(name);
        await _shop.ReadCachedAsync("/categories");

        await ChangesAsync(id, seller, () => _admin.PatchAsync(path, new { name = renamed }), product => product.GetProperty("category").GetString() == renamed);

        (await _admin.GetAsync(path)).Text("name").ShouldBe(renamed);
        (await _admin.GetAsync("/categories?limit=100")).Body.ShouldContain(renamed);
        (await _admin.DeleteAsync($"/products/{id}")).ShouldBe(204);
        await _shop.ReadCachedAsync(path);
        (await _admin.DeleteAsync(path)).ShouldBe(204);
        (await _admin.GetAsync(path)).ShouldBe(404);
    }

    [Test]
    public async Task What_is_counted()
    {
        var seller = await _shop.CustomerAsync();
        var (name, renamed) = (Unique("Category"), Unique("Renamed"));
        var product = (await seller.PostAsync("/products", new { name = "Thing", price = 1, category = name })).ShouldBe(201);
        var path = $"/products/facets?seller_id={seller.UserId}";
        (await _shop.ReadCachedAsync(path)).Body.ShouldContain(name);

        (await _admin.PatchAsync($"/categories/{product["category_id"].GetInt64()}", new { name = renamed })).ShouldBe(200);
        (await _shop.ReadCachedAsync(path)).Body.ShouldContain(renamed);

        (await seller.PatchAsync($"/products/{product.Id}", new { price = 2 })).ShouldBe(200);
        (await _shop.ReadCachedAsync(path))["prices"][0].GetProperty("from").GetDecimal().ShouldBe(2);

        (await seller.DeleteAsync($"/products/{product.Id}")).ShouldBe(204);
        (await _shop.ReadCachedAsync(path))["count"].GetInt32().ShouldBe(0);
    }

    [Test]
    public async Task What_is_listed_and_what_leaves()
    {
        var seller = await _shop.CustomerAsync();
        var mine = $"/products?seller_id={seller.UserId}&count=true";
        (await _shop.ReadCachedAsync(mine)).Header("X-Total-Count").ShouldBe("0");
        var (first, second) = (await ListAsync(seller), await ListAsync(seller));
        var listed = await _shop.ReadCachedAsync(mine);
        listed.Ids().ShouldBe([second, first]);
        listed.Header("X-Total-Count").ShouldBe("2");
        await _shop.ReadCachedAsync($"/products/{first}");
        await _shop.ReadCachedAsync($"/products/{second}");

        (await seller.DeleteAsync($"/products/{first}")).ShouldBe(204);
        (await _admin.GetAsync($"/products/{first}")).ShouldBe(404);
        (await _shop.ReadCachedAsync(mine)).Ids().ShouldBe([second]);

        (await _admin.DeleteAsync($"/users/{seller.UserId}")).ShouldBe(200);
        (await _admin.GetAsync($"/products/{second}")).ShouldBe(404);
        (await _admin.GetAsync(mine)).Ids().ShouldBeEmpty();
    }

    [Test]
    public async Task What_a_file_brings()
    {
        var seller = await _shop.CustomerAsync();
        var sku = Unique("SKU").Replace(" ", "-", StringComparison.Ordinal).ToUpperInvariant();
        var id = (await seller.PostAsync("/products", new { sku, name = "Thing", price = 1 })).ShouldBe(201).Id;

        await ChangesAsync(id, seller, () => _admin.BackfillAsync($"sku,name,price\n{sku},Thing,2\n"), product => Number(product, "price") == 2);
        await ChangesAsync(
            id,
            seller,
            () => _admin.BackfillAsync(Csv.File(Csv.Sales, $"{Guid.NewGuid():N},{sku},Sold,1,2011-01-01 10:00,3,17850,France")),
            product => Number(product, "price") == 3);
    }

    private static string Unique(string stem) => $"{stem} {Guid.NewGuid().ToString("N")[..10]}";

    private static decimal Number(JsonElement product, string property) =>
        product.GetProperty(property) is { ValueKind: JsonValueKind.Number } number ? number.GetDecimal() : -1;

    private static async Task<long> ListAsync(Actor seller) =>
        (await seller.PostAsync("/products", new { name = Unique("Thing"), price = 10, stock = 100 })).ShouldBe(201).Id;

    /// <summary>Caches the product and its seller's list, changes them, and sees both changed at once.</summary>
    private async Task ChangesAsync(long id, Actor seller, Func<Task<Answer>> change, Func<JsonElement, bool> isSeen)
    {
        var (one, list) = ($"/products/{id}", $"/products?seller_id={seller.UserId}");
        await _shop.ReadCachedAsync(list);
        isSeen((await _shop.ReadCachedAsync(one)).Json).ShouldBeFalse();

        (await change()).Status.ShouldBeInRange(200, 204);

        var (seen, seenInList) = ((await seller.GetAsync(one)).ShouldBe(200), (await seller.GetAsync(list)).ShouldBe(200));
        isSeen(seen.Json).ShouldBeTrue(seen.Body);
        isSeen(seenInList.Json.EnumerateArray().Single()).ShouldBeTrue(seenInList.Body);
    }
}
