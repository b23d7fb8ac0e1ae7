using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Recommendations;

public sealed class ListSimilarProductsTests : ShopTest
{
    private Tastes _tastes = null!;

    [OneTimeSetUp]
    public async Task LetPeopleBuy() => _tastes = await Tastes.MakeAsync(Admin);

    [Test]
    public async Task Like_a_product_is_what_the_same_people_buy_and_never_itself()
    {
        var similar = await Shop.Anonymous().SimilarAsync(_tastes.Ink[0], 3);

        similar.Count.ShouldBe(3);
        similar.ShouldBeSubsetOf(_tastes.Ink.Skip(1));
    }

    [Test]
    public async Task What_left_the_catalog_is_not_shown_and_what_is_out_of_stock_comes_last()
    {
        await using var shop = await ShopServer.StartAsync();
        var admin = await shop.AdminAsync();
        var tastes = await Tastes.MakeAsync(admin);
        var before = await admin.SimilarAsync(tastes.Ink[0]);
        (await admin.DeleteAsync($"/products/{before[1]}")).ShouldBe(204);
        (await admin.PatchAsync($"/products/{before[0]}", new { stock = 0 })).ShouldBe(200);

        var similar = await admin.SimilarAsync(tastes.Ink[0]);

        similar.ShouldBe([.. before.Skip(2), before[0]]);
    }

    [Test]
    public async Task One_that_is_too_new_has_its_category_by_popularity_and_then_what_shares_a_word()
    {
        var category = Unique("Category");
        var word = "w" + Guid.NewGuid().ToString("N");
        var slow = await ListAsync("Slow", category);
        var fast = await ListAsync("Fast", category);
        var named = await ListAsync($"Other {word}", category: null);
        await Admin.BuyAsync(await Tastes.UserAsync(Admin), fast);

        var added = await ListAsync($"New {word}", category);

        (await Admin.SimilarAsync(added)).ShouldBe([fast, slow, named]);
        (await Admin.SimilarAsync(added, 1)).ShouldBe([fast]);
    }

    [Test]
    public async Task One_that_is_like_nothing_has_none() =>
        (await Admin.SimilarAsync(await ListAsync(Guid.NewGuid().ToString("N"), category: null))).ShouldBeEmpty();

    [Test]
    public async Task There_is_nothing_like_what_is_not_there()
    {
        var deleted = await ProductAsync();
        (await Admin.DeleteAsync($"/products/{deleted}")).ShouldBe(204);

        (await Admin.GetAsync($"/products/{deleted}/similar")).ShouldBeProblem(404, "product_not_found");
        (await Admin.GetAsync("/products/999999999/similar")).ShouldBeProblem(404, "product_not_found");
        (await Admin.GetAsync($"/products/{_tastes.Ink[0]}/similar?limit=0")).ShouldBeProblem(400, "validation_failed", "limit");
    }

    private async Task<long> ListAsync(string name, string? category) =>
        (await Admin.PostAsync("/products", new { name, price = 1, stock = 10, category })).ShouldBe(201).Id;
}
