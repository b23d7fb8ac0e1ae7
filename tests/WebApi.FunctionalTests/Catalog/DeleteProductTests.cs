
namespace Shop.WebApi.FunctionalTests.Catalog;

public sealed class DeleteProductTests : CatalogTest
{
    [Test]
    public async Task It_leaves_the_catalog_once_and_its_sku_is_free_again()
    {
        var seller = await Shop.CustomerAsync();
        var made = await ListAsync(seller, "Lamp");
        var path = $"/products/{made.Id}";

        (await seller.DeleteAsync(path)).ShouldBe(204).Body.ShouldBeEmpty();

        (await seller.DeleteAsync(path)).ShouldBeProblem(404, "product_not_found");
        (await seller.PatchAsync(path, new { price = 1 })).ShouldBeProblem(404, "product_not_found");
        await ListAsync(seller, "Lamp again", sku: made["sku"].GetString());
    }

    [Test]
    public async Task A_stale_version_is_412_but_a_sale_does_not_make_it_stale()
    {
        var made = await ListAsync(Admin, "Lamp", stock: 5);
        var path = $"/products/{made.Id}";
        var edited = (await Admin.PatchAsync(path, new { price = 2 })).ShouldBe(200);
        await SellAsync(made.Id, 2);

        (await Admin.DeleteAsync(path, ("If-Match", made.ETag))).ShouldBeProblem(412, "precondition_failed");
        (await Admin.DeleteAsync(path, ("If-Match", edited.ETag))).ShouldBe(204);
    }

    [Test]
    public async Task Somebody_elses_is_403_nobodys_401_and_an_unknown_one_404()
    {
        var path = $"/products/{await ProductAsync(seller: await Shop.CustomerAsync())}";

        (await (await Shop.CustomerAsync()).DeleteAsync(path)).ShouldBeProblem(403, "product_not_yours");
        (await Shop.Anonymous().DeleteAsync(path)).ShouldBeProblem(401, "unauthenticated");
        (await Admin.DeleteAsync("/products/999999999")).ShouldBeProblem(404, "product_not_found");
        (await Admin.DeleteAsync(path)).ShouldBe(204);
    }

    [Test]
    public async Task Of_many_who_delete_it_at_once_one_does()
    {
        var path = $"/products/{await ProductAsync()}";

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Admin.DeleteAsync(path)));

        answers.Select(answer => answer.Status).Order().ShouldBe([204, 404, 404, 404, 404, 404]);
    }
}
