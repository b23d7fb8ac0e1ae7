using System.Text.Json;
using Shop.Domain.Catalog;

namespace Shop.WebApi.FunctionalTests.Catalog;

public sealed class ReplaceCategoryTests : CatalogTest
{
    [Test]
    public async Task It_is_renamed_and_without_a_parent_goes_to_the_top()
    {
        var parent = await CategoryAsync();
        var id = await CategoryAsync(parentId: parent);
        var product = await ListAsync(Admin, "x", categoryId: id);
        var name = Unique("Renamed");

        var replaced = (await Admin.PutAsync($"/categories/{id}", new { name })).ShouldBe(200);

        replaced["name"].GetString().ShouldBe(name);
        replaced["parent_id"].ValueKind.ShouldBe(JsonValueKind.Null);
        (await Admin.GetAsync($"/products/{product.Id}"))["category"].GetString().ShouldBe(name);
        Ids(await Admin.GetAsync($"/products?category_id={parent}")).ShouldBeEmpty();
    }

    [Test]
    public async Task It_never_lies_below_itself()
    {
        var top = await CategoryAsync();
        var middle = await CategoryAsync(parentId: top);
        var bottom = await CategoryAsync(parentId: middle);

        foreach (var parent in (long[])[top, middle, bottom])
        {
            (await Admin.PutAsync($"/categories/{top}", new { name = "x", parent_id = parent })).ShouldBeProblem(409, "category_loop");
        }
    }

    [Test]
    public async Task Moves_that_cross_at_the_same_time_never_make_a_loop()
    {
        for (var round = 0; round < 10; round++)
        {
            long[] ring = [await CategoryAsync(), await CategoryAsync(), await CategoryAsync()];

            var answers = await Task.WhenAll(ring.Select((id, i) =>
                Admin.PutAsync($"/categories/{id}", new { name = Unique("Ring"), parent_id = ring[(i + 1) % ring.Length] })));

            answers.Count(answer => answer.Status == 200).ShouldBe(2);
            answers.Single(answer => answer.Status != 200).ShouldBeProblem(409, "category_loop");
        }
    }

    [Test]
    public async Task What_lies_below_counts_for_the_depth()
    {
        long? deep = null;
        for (var depth = 1; depth < Category.MaxDepth; depth++)
        {
            deep = await CategoryAsync(parentId: deep);
        }

        var leaf = await CategoryAsync();
        var top = await CategoryAsync();
        await CategoryAsync(parentId: top);

        (await Admin.PutAsync($"/categories/{top}", new { name = Unique("x"), parent_id = deep })).ShouldBeProblem(409, "category_too_deep");
        (await Admin.PutAsync($"/categories/{leaf}", new { name = Unique("x"), parent_id = deep })).ShouldBe(200);
    }

    [Test]
    public async Task A_stale_version_is_412_and_changes_nothing()
    {
        var id = await CategoryAsync();
        var path = $"/categories/{id}";
        var seen = await Admin.GetAsync(path);
        var edited = (await Admin.PutAsync(path, new { name = Unique("Second") }, ("If-Match", seen.ETag))).ShouldBe(200);

        (await Admin.PutAsync(path, new { name = Unique("Third") }, ("If-Match", seen.ETag))).ShouldBeProblem(412, "precondition_failed");
        (await Admin.GetAsync(path)).Body.ShouldBe(edited.Body);
    }

    [Test]
    public async Task A_name_taken_is_409_an_unknown_parent_400_an_unknown_category_404()
    {
        var taken = Unique("Taken");
        await CategoryAsync(taken);
        var path = $"/categories/{await CategoryAsync()}";

        (await Admin.PutAsync(path, new { name = taken.ToUpperInvariant() })).ShouldBeProblem(409, "category_name_taken");
        (await Admin.PutAsync(path, new { name = "x", parent_id = 999_999_999 })).ShouldBeProblem(400, "category_unknown", "parent_id");
        (await Admin.PutAsync("/categories/999999999", new { name = "x" })).ShouldBeProblem(404, "category_not_found");
        (await Admin.PutAsync(path, "{\"name\":\"\"}")).ShouldBeProblem(400, "validation_failed", "name");
    }

    [Test]
    public async Task A_customer_is_403_and_nobody_401()
    {
        var path = $"/categories/{await CategoryAsync()}";

        (await (await Shop.CustomerAsync()).PutAsync(path, new { name = "x" })).ShouldBeProblem(403, "admin_only");
        (await Shop.Anonymous().PutAsync(path, new { name = "x" })).ShouldBeProblem(401, "unauthenticated");
    }
}
