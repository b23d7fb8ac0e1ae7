
namespace Shop.WebApi.FunctionalTests.Catalog;

public sealed class GetProductTests : CatalogTest
{
    [Test]
    public async Task What_is_known_already_is_304_until_anything_shown_changes()
    {
        var category = await CategoryAsync();
        var made = await ListAsync(Admin, "Lamp", stock: 5, categoryId: category);
        var reader = Shop.Anonymous();
        var path = $"/products/{made.Id}";

        var known = await reader.GetAsync(path, ("If-None-Match", $"\"other\", W/{made.ETag}"));
        known.ShouldBe(304).Body.ShouldBeEmpty();
        known.ETag.ShouldBe(made.ETag);

        await SellAsync(made.Id, 1);
        var sold = (await reader.GetAsync(path, ("If-None-Match", made.ETag))).ShouldBe(200);
        (await Admin.PostAsync(path + "/reviews", new { rating = 5 })).ShouldBe(201);
        var reviewed = (await reader.GetAsync(path, ("If-None-Match", sold.ETag))).ShouldBe(200);
        (await Admin.PatchAsync($"/categories/{category}", new { name = Unique("Renamed") })).ShouldBe(200);
        (await reader.GetAsync(path, ("If-None-Match", reviewed.ETag))).ShouldBe(200);
    }

    [Test]
    public async Task One_that_never_was_or_left_the_catalog_is_404()
    {
        var id = await ProductAsync();
        (await Admin.DeleteAsync($"/products/{id}")).ShouldBe(204);

        (await Admin.GetAsync($"/products/{id}")).ShouldBeProblem(404, "product_not_found");
        (await Shop.Anonymous().GetAsync("/products/999999999")).ShouldBeProblem(404, "product_not_found");
        (await Shop.Anonymous().GetAsync("/products/99999999999999999999")).ShouldBeProblem(404, "not_found");
    }
}
