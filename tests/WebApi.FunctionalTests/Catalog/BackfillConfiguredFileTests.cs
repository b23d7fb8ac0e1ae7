using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Catalog;

public sealed class BackfillConfiguredFileTests : ShopTest
{
    private const string Path = "/products/data/backfill";

    [Test]
    public async Task It_loads_the_products_that_ship_and_answers_with_them_page_by_page()
    {
        await ProductAsync();
        var first = (await Admin.GetAsync($"{Path}?limit=20&count=true")).ShouldBe(200);
        var second = (await Admin.GetAsync($"{Path}?limit=20&cursor={Uri.EscapeDataString(first.NextCursor!)}")).ShouldBe(200);

        first.Header("X-Total-Count").ShouldBe("30");
        first.Json.GetArrayLength().ShouldBe(20);
        second.Json.GetArrayLength().ShouldBe(10);
        second.NextCursor.ShouldBeNull();
        first.Json.EnumerateArray().Concat(second.Json.EnumerateArray()).Select(product => product.GetProperty("id").GetInt64()).ShouldBeUnique();
        (await Admin.GetAsync($"{Path}?limit=100")).ShouldBe(200).Json.GetArrayLength().ShouldBe(30);
        (await Shop.ScalarAsync<long>("SELECT count(*) FROM products WHERE seller_id IS NULL AND version = 1")).ShouldBe(30);
    }

    [Test]
    public async Task A_cursor_of_another_list_is_400() =>
        (await Admin.GetAsync($"{Path}?cursor=forged")).ShouldBeProblem(400, "validation_failed", "cursor");

    [Test]
    public async Task A_file_that_is_not_there_is_409_and_names_the_setting()
    {
        await using var shop = await ShopServer.StartAsync(new Dictionary<string, string> { ["Shop:Backfill:Path"] = "/nowhere/file.csv" });
        var admin = await shop.AdminAsync();

        (await admin.GetAsync(Path)).ShouldBeProblem(409, "backfill_file_missing")["detail"].GetString()!.ShouldContain("Shop:Backfill:Path");
    }
}
