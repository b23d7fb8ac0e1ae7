using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Catalog;

/// <summary>A fixture of its own, since the export is of the whole catalog.</summary>
public sealed class ExportProductsTests : ShopTest
{
    [Test]
    public async Task What_is_exported_can_be_loaded_and_changes_nothing()
    {
        await Admin.PostAsync("/products", new { name = "Quote \" and, comma", price = 1.5, sku = "e-1", description = " two\r\nlines ", category = "Ünïcode ✓", stock = 7, image_url = "https://example.org/?a=1,2" });
        await Admin.PostAsync("/products", new { name = "=1+1", price = 0, sku = "e-2" });
        await Admin.BackfillAsync(Csv.File("sku,name,price", Enumerable.Range(0, 1_200).Select(i => $"many-{i},Thing {i},{i}.05")));
        var left = (await Admin.PostAsync("/products", new { name = "Left", price = 1, sku = "e-3" })).Id;
        (await Admin.DeleteAsync($"/products/{left}")).ShouldBe(204);

        var export = (await Admin.GetAsync("/products/data/export")).ShouldBe(200);

        export.ContentType.ShouldBe("text/csv");
        export.Header("Content-Disposition")!.ShouldStartWith("attachment");
        export.Body.ShouldStartWith("sku,name,description,price,category,image_url,stock\r\n");
        export.Body.ShouldContain("\r\ne-2,=1+1,,0.00,,,0\r\n");
        export.Body.ShouldNotContain("e-3");
        (await Admin.BackfillAsync(export.Body)).ShouldReport("1202, 1202, [], 0; 0, 0, 1202; 1202, 0, 0, 0");
        (await Admin.GetAsync("/products/data/export")).Body.ShouldBe(export.Body);
    }
}
