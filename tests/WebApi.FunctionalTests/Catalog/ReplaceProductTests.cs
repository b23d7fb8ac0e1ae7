using System.Text.Json;

namespace Shop.WebApi.FunctionalTests.Catalog;

public sealed class ReplaceProductTests : CatalogTest
{
    [Test]
    public async Task What_is_absent_becomes_empty_but_sku_and_stock_stay()
    {
        var seller = await Shop.CustomerAsync();
        var category = await CategoryAsync();
        var made = (await seller.PostAsync(
            "/products", new { name = "Lamp", price = 5, description = "d", image_url = "https://example.org/a.png", category_id = category, stock = 7 })).ShouldBe(201);

        var replaced = (await seller.PutAsync($"/products/{made.Id}", new { name = "Torch", price = 6 })).ShouldBe(200);

        replaced["name"].GetString().ShouldBe("Torch");
        replaced["price"].GetDecimal().ShouldBe(6);
        foreach (var empty in (string[])["description", "image_url", "category", "category_id"])
        {
            replaced[empty].ValueKind.ShouldBe(JsonValueKind.Null, empty);
        }

        replaced["sku"].GetString().ShouldBe(made["sku"].GetString());
        replaced["stock"].GetInt32().ShouldBe(7);
        replaced["seller_id"].GetInt64().ShouldBe(seller.UserId);
        (await Shop.Anonymous().GetAsync($"/products/{made.Id}")).Body.ShouldBe(replaced.Body);
    }

    [Test]
    public async Task An_admin_replaces_everything_of_somebody_elses_product()
    {
        var id = await ProductAsync(seller: await Shop.CustomerAsync());
        var category = Unique("New category");

        var replaced = (await Admin.PutAsync(
            $"/products/{id}", new { name = "n", price = 1, sku = "sku-" + id, stock = 3, category, description = "d" })).ShouldBe(200);

        replaced["sku"].GetString().ShouldBe("sku-" + id);
        replaced["stock"].GetInt32().ShouldBe(3);
        replaced["category"].GetString().ShouldBe(category);
        (await Shop.ScalarAsync<long>($"SELECT sum(delta) FROM stock_movements WHERE product_id = {id}")).ShouldBe(3);
    }

    [Test]
    public async Task A_stale_version_is_412_and_changes_nothing()
    {
        var made = await ListAsync(Admin, "Lamp");
        var path = $"/products/{made.Id}";
        var edited = (await Admin.PutAsync(path, new { name = "Second", price = 1 }, ("If-Match", made.ETag))).ShouldBe(200);

        (await Admin.PutAsync(path, new { name = "Third", price = 1 }, ("If-Match", made.ETag))).ShouldBeProblem(412, "precondition_failed");
        (await Admin.PutAsync(path, new { name = "Third", price = 1 }, ("If-Match", "W/" + edited.ETag))).ShouldBeProblem(412, "precondition_failed");
        (await Admin.GetAsync(path))["name"].GetString().ShouldBe("Second");
        (await Admin.PutAsync(path, new { name = "Fourth", price = 1 }, ("If-Match", $"\"x\", {edited.ETag}"))).ShouldBe(200);
        (await Admin.PutAsync(path, new { name = "Fifth", price = 1 }, ("If-Match", "*"))).ShouldBe(200);
    }

    [Test]
    public async Task A_sale_or_a_review_makes_a_version_stale_only_where_the_stock_is_set()
    {
        var made = await ListAsync(Admin, "Lamp", stock: 5);
        var path = $"/products/{made.Id}";
        (await Admin.PostAsync(path + "/reviews", new { rating = 2 })).ShouldBe(201);
        (await Admin.PutAsync(path, new { name = "Lamp", price = 1, stock = 5 }, ("If-Match", made.ETag))).ShouldBe(200);
        var now = await Admin.GetAsync(path);
        await SellAsync(made.Id, 1);

        (await Admin.PutAsync(path, new { name = "x", price = 1, stock = 9 }, ("If-Match", now.ETag))).ShouldBeProblem(412, "precondition_failed");
        var edited = (await Admin.PutAsync(path, new { name = "x", price = 1 }, ("If-Match", now.ETag))).ShouldBe(200);
        edited["stock"].GetInt32().ShouldBe(4);
    }

    [Test]
    public async Task Somebody_elses_is_403_nobodys_401_an_unknown_one_404_and_a_taken_sku_409()
    {
        var seller = await Shop.CustomerAsync();
        var path = $"/products/{await ProductAsync(seller: seller)}";
        var other = await ListAsync(seller, "Other");
        var body = new { name = "x", price = 1, sku = other["sku"].GetString()!.ToLowerInvariant() };

        (await (await Shop.CustomerAsync()).PutAsync(path, body)).ShouldBeProblem(403, "product_not_yours");
        (await Shop.Anonymous().PutAsync(path, body)).ShouldBeProblem(401, "unauthenticated");
        (await seller.PutAsync("/products/999999999", body)).ShouldBeProblem(404, "product_not_found");
        (await seller.PutAsync(path, body)).ShouldBeProblem(409, "sku_taken");
    }

    [TestCase("{}", "name")]
    [TestCase("{\"name\":\"x\"}", "price")]
    [TestCase("{\"name\":\"x\",\"price\":1,\"stock\":1000000001}", "stock")]
    [TestCase("{\"name\":\"x\",\"price\":1,\"image_url\":\"ftp://example.org\"}", "image_url")]
    public async Task Bad_input_is_400_and_names_the_field(string body, string field) =>
        (await Admin.PutAsync($"/products/{await ProductAsync()}", body)).ShouldBeProblem(400, "validation_failed", field);
}
