using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Caching;

/// <summary>Several nodes on one database, where nothing but what they tell each other ends what is cached.</summary>
[Parallelizable(ParallelScope.Self)]
[PostgreSqlOnly("its nodes hear of each other's changes from it")]
public sealed class NodesTests
{
    [Test]
    public async Task What_one_node_changes_the_others_see()
    {
        await using var shop = await ShopServer.StartAsync(services: Kept.ForLong);
        await using var other = shop.StartSecondNode();
        var admin = await shop.AdminAsync();
        var made = (await admin.PostAsync("/products", new { name = "Thing", price = 10, stock = 10, category = "Things" })).ShouldBe(201);
        var path = $"/products/{made.Id}";
        await other.ReadCachedAsync(path);
        await other.ReadCachedAsync("/products");

        await admin.OrderAsync(made.Id, 4, "placed");

        await SeesAsync(other, path, answer => answer["stock"].GetInt32() == 6);
        (await other.Anonymous().GetAsync("/products")).Json[0].GetProperty("stock").GetInt32().ShouldBe(6);

        await other.ReadCachedAsync(path);
        (await admin.PatchAsync($"/categories/{made["category_id"].GetInt64()}", new { name = "Renamed" })).ShouldBe(200);
        await SeesAsync(other, path, answer => answer.Text("category") == "Renamed");
    }

    [Test]
    public async Task A_node_that_caches_nothing_tells_the_others_too()
    {
        await using var shop = await ShopServer.StartAsync(services: Kept.ForLong);
        await using var other = shop.StartSecondNode(new Dictionary<string, string> { ["Shop:Cache:Enabled"] = "false" });
        var admin = await shop.AdminAsync();
        var id = (await admin.PostAsync("/products", new { name = "Thing", price = 10 })).ShouldBe(201).Id;
        await shop.ReadCachedAsync($"/products/{id}");
        var writer = await other.AdminAsync();

        (await writer.PatchAsync($"/products/{id}", new { price = 11 })).ShouldBe(200);

        await SeesAsync(shop, $"/products/{id}", answer => answer["price"].GetDecimal() == 11);
    }

    [Test]
    public async Task When_the_connection_that_listens_breaks_everything_is_dropped_until_it_listens_again()
    {
        await using var shop = await ShopServer.StartAsync(services: Kept.ForLong);
        var admin = await shop.AdminAsync();
        var path = $"/products/{(await admin.PostAsync("/products", new { name = "Thing", price = 10 })).ShouldBe(201).Id}";
        var kept = 0m;
        await Until.TrueAsync(async () => // what it heard of the product's making may have it dropped once more
        {
            await shop.ReadCachedAsync(path);
            kept = (await admin.GetAsync(path))["price"].GetDecimal();
            await shop.TamperAsync("UPDATE products SET price = price + 1");
            return (await admin.GetAsync(path))["price"].GetDecimal() == kept;
        });

        await shop.TamperAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'shop_catalog'");

        await SeesAsync(shop, path, answer => answer["price"].GetDecimal() == kept + 1);
        await shop.ReadCachedAsync(path);
        (await admin.PatchAsync(path, new { price = 100 })).ShouldBe(200);
        (await admin.GetAsync(path))["price"].GetDecimal().ShouldBe(100);
    }

    [Test]
    public async Task A_sign_in_that_ended_on_one_node_is_refused_there_at_once_and_soon_on_another()
    {
        await using var shop = await ShopServer.StartAsync(services: Kept.ForLong);
        await using var second = shop.StartSecondNode();
        var user = await shop.CustomerAsync();
        var there = second.Anonymous();
        there.Token = user.Token;
        (await there.GetAsync("/users/me")).ShouldBe(200);

        (await user.PostAsync("/auth/logout", new { refresh_token = user.RefreshToken })).ShouldBe(204);

        (await user.GetAsync("/users/me")).ShouldBeProblem(401, "unauthenticated");
        await Until.TrueAsync(async () => (await there.GetAsync("/users/me")).Status == 401);
    }

    private static Task SeesAsync(ShopServer shop, string path, Func<Answer, bool> isSeen)
    {
        var reader = shop.Anonymous();
        return Until.TrueAsync(async () => isSeen((await reader.GetAsync(path)).ShouldBe(200)));
    }
}
