
namespace Shop.WebApi.FunctionalTests.Catalog;

public sealed class DeleteCategoryTests : CatalogTest
{
    [Test]
    public async Task An_empty_one_goes_once_and_its_name_is_free_again()
    {
        var name = Unique("Tools");
        var path = $"/categories/{await CategoryAsync(name)}";

        (await Admin.DeleteAsync(path)).ShouldBe(204).Body.ShouldBeEmpty();

        (await Admin.DeleteAsync(path)).ShouldBeProblem(404, "category_not_found");
        (await Admin.GetAsync(path)).ShouldBeProblem(404, "category_not_found");
        await CategoryAsync(name);
    }

    [Test]
    public async Task One_with_products_or_children_is_409()
    {
        var parent = await CategoryAsync();
        var child = await CategoryAsync(parentId: parent);
        await ListAsync(Admin, "x", categoryId: child);

        (await Admin.DeleteAsync($"/categories/{parent}")).ShouldBeProblem(409, "category_in_use");
        (await Admin.DeleteAsync($"/categories/{child}")).ShouldBeProblem(409, "category_in_use");
    }

    [Test]
    public async Task Products_that_left_the_catalog_do_not_keep_it()
    {
        var id = await CategoryAsync();
        var product = await ListAsync(Admin, "x", categoryId: id);
        (await Admin.DeleteAsync($"/products/{product.Id}")).ShouldBe(204);

        (await Admin.DeleteAsync($"/categories/{id}")).ShouldBe(204);
    }

    [Test]
    public async Task A_product_that_comes_at_the_same_time_either_keeps_it_or_is_refused()
    {
        for (var round = 0; round < 15; round++)
        {
            var id = await CategoryAsync();

            var answers = await Task.WhenAll(
                Admin.DeleteAsync($"/categories/{id}"), Admin.PostAsync("/products", new { name = "x", price = 1, category_id = id }));

            if (answers[0].Status == 204)
            {
                answers[1].ShouldBeProblem(400, "category_unknown", "category_id");
            }
            else
            {
                answers[0].ShouldBeProblem(409, "category_in_use");
                answers[1].ShouldBe(201);
            }
        }
    }

    [Test]
    public async Task A_child_that_comes_at_the_same_time_either_keeps_it_or_is_refused()
    {
        for (var round = 0; round < 10; round++)
        {
            var id = await CategoryAsync();

            var answers = await Task.WhenAll(
                Admin.DeleteAsync($"/categories/{id}"), Admin.PostAsync("/categories", new { name = "x", parent_id = id }));

            (answers[0].Status, answers[1].Status).ShouldBeOneOf((204, 400), (409, 201));
        }
    }

    [Test]
    public async Task A_stale_version_is_412()
    {
        var path = $"/categories/{await CategoryAsync()}";
        var seen = await Admin.GetAsync(path);
        var edited = (await Admin.PatchAsync(path, new { name = Unique("Second") })).ShouldBe(200);

        (await Admin.DeleteAsync(path, ("If-Match", seen.ETag))).ShouldBeProblem(412, "precondition_failed");
        (await Admin.DeleteAsync(path, ("If-Match", edited.ETag))).ShouldBe(204);
    }

    [Test]
    public async Task A_customer_is_403_and_nobody_401()
    {
        var path = $"/categories/{await CategoryAsync()}";

        (await (await Shop.CustomerAsync()).DeleteAsync(path)).ShouldBeProblem(403, "admin_only");
        (await Shop.Anonymous().DeleteAsync(path)).ShouldBeProblem(401, "unauthenticated");
    }
}
