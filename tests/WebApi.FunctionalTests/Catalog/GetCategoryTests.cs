
namespace Shop.WebApi.FunctionalTests.Catalog;

public sealed class GetCategoryTests : CatalogTest
{
    [Test]
    public async Task Anybody_sees_it_and_what_is_known_already_is_304()
    {
        var name = Unique("Tools");
        var parent = await CategoryAsync();
        var id = await CategoryAsync(name, parent);

        var found = (await Shop.Anonymous().GetAsync($"/categories/{id}")).ShouldBe(200);

        found.Body.ShouldBe($"{{\"id\":{id},\"name\":\"{name}\",\"parent_id\":{parent}}}");
        (await Shop.Anonymous().GetAsync($"/categories/{id}", ("If-None-Match", found.ETag))).ShouldBe(304);
        (await Admin.PatchAsync($"/categories/{id}", new { name = Unique("Renamed") })).ShouldBe(200);
        (await Shop.Anonymous().GetAsync($"/categories/{id}", ("If-None-Match", found.ETag))).ShouldBe(200);
    }

    [Test]
    public async Task An_unknown_one_is_404() =>
        (await Shop.Anonymous().GetAsync("/categories/999999999")).ShouldBeProblem(404, "category_not_found");
}
