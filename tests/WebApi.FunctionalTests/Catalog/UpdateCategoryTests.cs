using System.Text.Json;

namespace Shop.WebApi.FunctionalTests.Catalog;

public sealed class UpdateCategoryTests : CatalogTest
{
    [Test]
    public async Task Only_what_is_given_changes_and_a_null_parent_is_the_top()
    {
        var parent = await CategoryAsync();
        var path = $"/categories/{await CategoryAsync(parentId: parent)}";
        var name = Unique("Renamed");

        var renamed = (await Admin.PatchAsync(path, new { name })).ShouldBe(200);
        (renamed["name"].GetString(), renamed["parent_id"].GetInt64()).ShouldBe((name, parent));

        var moved = (await Admin.PatchAsync(path, "{\"parent_id\":null}")).ShouldBe(200);
        moved["name"].GetString().ShouldBe(name);
        moved["parent_id"].ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Test]
    public async Task A_loop_is_409()
    {
        var top = await CategoryAsync();
        var below = await CategoryAsync(parentId: top);

        (await Admin.PatchAsync($"/categories/{top}", new { parent_id = below })).ShouldBeProblem(409, "category_loop");
    }

    [Test]
    public async Task A_stale_version_is_412()
    {
        var path = $"/categories/{await CategoryAsync()}";
        var seen = await Admin.GetAsync(path);
        (await Admin.PatchAsync(path, new { name = Unique("Second") }, ("If-Match", seen.ETag))).ShouldBe(200);

        (await Admin.PatchAsync(path, new { name = Unique("Third") }, ("If-Match", seen.ETag))).ShouldBeProblem(412, "precondition_failed");
    }

    [Test]
    public async Task A_customer_is_403_nobody_401_and_an_unknown_one_404()
    {
        var path = $"/categories/{await CategoryAsync()}";

        (await (await Shop.CustomerAsync()).PatchAsync(path, new { name = "x" })).ShouldBeProblem(403, "admin_only");
        (await Shop.Anonymous().PatchAsync(path, new { name = "x" })).ShouldBeProblem(401, "unauthenticated");
        (await Admin.PatchAsync("/categories/999999999", new { name = "x" })).ShouldBeProblem(404, "category_not_found");
    }

    [TestCase("{\"name\":null}", "name", "validation_failed")]
    [TestCase("{\"name\":\"\"}", "name", "validation_failed")]
    [TestCase("{\"parent_id\":true}", "parent_id", "validation_failed")]
    [TestCase("{\"parent_id\":999999999}", "parent_id", "category_unknown")]
    public async Task Bad_input_is_400_and_names_the_field(string body, string field, string code) =>
        (await Admin.PatchAsync($"/categories/{await CategoryAsync()}", body)).ShouldBeProblem(400, code, field);
}
