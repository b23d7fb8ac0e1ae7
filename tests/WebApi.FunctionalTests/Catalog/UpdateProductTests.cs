using System.Text.Json;

namespace Shop.WebApi.FunctionalTests.Catalog;

public sealed class UpdateProductTests : CatalogTest
{
    [Test]
    public async Task Only_what_is_given_changes_and_null_empties()
    {
        var seller = await Shop.CustomerAsync();
        var category = await CategoryAsync();
        var made = await ListAsync(seller, "Lamp", price: 5, stock: 7, description: "d", categoryId: category);
        var path = $"/products/{made.Id}";

        var priced = (await seller.PatchAsync(path, new { price = 4.5 })).ShouldBe(200);
        priced["price"].GetDecimal().ShouldBe(4.5m);
        priced["description"].GetString().ShouldBe("d");
        priced["category_id"].GetInt64().ShouldBe(category);
        priced["stock"].GetInt32().ShouldBe(7);

        var emptied = (await seller.PatchAsync(path, new { description = (string?)null, category = (string?)null })).ShouldBe(200);
        emptied["description"].ValueKind.ShouldBe(JsonValueKind.Null);
        emptied["category_id"].ValueKind.ShouldBe(JsonValueKind.Null);
        emptied["name"].GetString().ShouldBe("Lamp");

        (await seller.PatchAsync(path, new { category_id = category })).ShouldBe(200)["category_id"].GetInt64().ShouldBe(category);
        (await seller.PatchAsync(path, new { category = Unique("Other") })).ShouldBe(200)["category_id"].GetInt64().ShouldNotBe(category);
        (await seller.PatchAsync(path, new { stock = 9 })).ShouldBe(200)["stock"].GetInt32().ShouldBe(9);
        (await Shop.ScalarAsync<long>($"SELECT sum(delta) FROM stock_movements WHERE product_id = {made.Id}")).ShouldBe(9);
    }

    [Test]
    public async Task A_sale_or_a_review_makes_a_version_stale_only_where_the_stock_is_set()
    {
        var made = await ListAsync(Admin, "Lamp", stock: 5);
        var path = $"/products/{made.Id}";
        await SellAsync(made.Id, 1);
        (await Admin.PostAsync(path + "/reviews", new { rating = 2 })).ShouldBe(201);

        (await Admin.PatchAsync(path, new { stock = 5 }, ("If-Match", made.ETag))).ShouldBeProblem(412, "precondition_failed");
        (await Admin.PatchAsync(path, new { price = 2 }, ("If-Match", made.ETag))).ShouldBe(200)["stock"].GetInt32().ShouldBe(4);
        (await Admin.PatchAsync(path, new { price = 3 }, ("If-Match", made.ETag))).ShouldBeProblem(412, "precondition_failed");
    }

    [Test]
    public async Task Of_many_writers_who_saw_the_same_version_one_wins()
    {
        var made = await ListAsync(Admin, "Lamp");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            Admin.PatchAsync($"/products/{made.Id}", new { name = $"Lamp {i}" }, ("If-Match", made.ETag))));

        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        answers.Count(answer => answer.Status == 412).ShouldBe(7);
    }

    [Test]
    public async Task Edits_of_different_fields_at_once_all_stay()
    {
        var path = $"/products/{await ProductAsync()}";

        await Task.WhenAll(
            Admin.PatchAsync(path, new { name = "N" }), Admin.PatchAsync(path, new { price = 3 }),
            Admin.PatchAsync(path, new { description = "D" }), Admin.PatchAsync(path, new { stock = 4 }));

        var now = await Admin.GetAsync(path);
        (now["name"].GetString(), now["price"].GetDecimal(), now["description"].GetString(), now["stock"].GetInt32()).ShouldBe(("N", 3m, "D", 4));
    }

    [Test]
    public async Task Somebody_elses_is_403_nobodys_401_and_an_unknown_one_404()
    {
        var path = $"/products/{await ProductAsync(seller: await Shop.CustomerAsync())}";

        (await (await Shop.CustomerAsync()).PatchAsync(path, new { price = 1 })).ShouldBeProblem(403, "product_not_yours");
        (await Shop.Anonymous().PatchAsync(path, new { price = 1 })).ShouldBeProblem(401, "unauthenticated");
        (await Admin.PatchAsync("/products/999999999", new { price = 1 })).ShouldBeProblem(404, "product_not_found");
    }

    [TestCase("{\"name\":null}", "name")]
    [TestCase("{\"name\":\" \"}", "name")]
    [TestCase("{\"price\":null}", "price")]
    [TestCase("{\"price\":0.001}", "price")]
    [TestCase("{\"sku\":\"\"}", "sku")]
    [TestCase("{\"sku\":null}", "sku")]
    [TestCase("{\"stock\":null}", "stock")]
    [TestCase("{\"stock\":-1}", "stock")]
    [TestCase("{\"stock\":\"1\"}", "stock")]
    [TestCase("{\"stock\":99999999999}", "stock")]
    [TestCase("{\"description\":{}}", "description")]
    [TestCase("{\"image_url\":\"nowhere\"}", "image_url")]
    public async Task Bad_input_is_400_and_names_the_field(string body, string field) =>
        (await Admin.PatchAsync($"/products/{await ProductAsync()}", body)).ShouldBeProblem(400, "validation_failed", field);

    [Test]
    public async Task A_category_that_does_not_exist_is_400() =>
        (await Admin.PatchAsync($"/products/{await ProductAsync()}", new { category_id = 999_999_999 }))
            .ShouldBeProblem(400, "category_unknown", "category_id");
}
