using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Catalog;

public sealed class CreateProductTests : ShopTest
{
    [Test]
    public async Task The_caller_becomes_the_seller_and_the_answer_shows_the_product()
    {
        var seller = await Shop.CustomerAsync();

        var made = await seller.PostAsync(
            "/products", new { name = "Lamp", price = 12.5, description = "Bright", image_url = "https://example.org/lamp.png", category = "Light", sku = "L-1", stock = 3 });

        made.ShouldBe(201);
        made.Header("Location").ShouldBe($"/products/{made.Id}");
        made.ETag.ShouldNotBeEmpty();
        made["seller_id"].GetInt64().ShouldBe(seller.UserId);
        made["price"].GetRawText().ShouldBe("12.50");
        made["currency"].GetString().ShouldBe("EUR");
        made["category"].GetString().ShouldBe("Light");
        made["rating"].ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await Shop.Anonymous().GetAsync($"/products/{made.Id}")).ShouldBe(200).Body.ShouldBe(made.Body);
    }

    [Test]
    public async Task A_missing_sku_is_made_and_stock_is_0()
    {
        var made = (await Admin.PostAsync("/products", new { name = "Plain", price = 1 })).ShouldBe(201);

        made["sku"].GetString().ShouldNotBeNullOrEmpty();
        made["stock"].GetInt32().ShouldBe(0);
    }

    [TestCase("{}", "name")]
    [TestCase("{\"name\":\" \",\"price\":1}", "name")]
    [TestCase("{\"name\":\"x\"}", "price")]
    [TestCase("{\"name\":\"x\",\"price\":-1}", "price")]
    [TestCase("{\"name\":\"x\",\"price\":1.005}", "price")]
    [TestCase("{\"name\":\"x\",\"price\":10000000000}", "price")]
    [TestCase("{\"name\":\"x\",\"price\":\"1\"}", "price")]
    [TestCase("{\"name\":\"x\",\"price\":1,\"stock\":-1}", "stock")]
    [TestCase("{\"name\":\"x\",\"price\":1,\"stock\":1.5}", "stock")]
    [TestCase("{\"name\":\"x\",\"price\":1,\"image_url\":\"javascript:alert(1)\"}", "image_url")]
    [TestCase("{\"name\":\"x\",\"price\":1,\"category_id\":999999}", "category_id")]
    public async Task Bad_input_is_400_and_names_the_field(string body, string field)
    {
        var refused = await Admin.PostAsync("/products", body);

        refused.ShouldBe(400).Json.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(refused.Body);
    }

    [Test]
    public async Task Nobody_signed_in_is_401() =>
        (await Shop.Anonymous().PostAsync("/products", new { name = "x", price = 1 })).ShouldBeProblem(401, "unauthenticated");

    [Test]
    public async Task A_sku_can_be_taken_once_without_regard_to_case_however_many_try_at_once()
    {
        var sku = Guid.NewGuid().ToString("N");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            Admin.PostAsync("/products", new { name = "x", price = 1, sku = i % 2 == 0 ? sku : sku.ToUpperInvariant() })));

        answers.Count(answer => answer.Status == 201).ShouldBe(1);
        answers.Where(answer => answer.Status != 201).ShouldAllBe(answer => answer.Status == 409 && answer.Code == "sku_taken");
    }

    [Test]
    public async Task A_new_category_is_made_once_however_many_name_it_at_once()
    {
        var category = Unique("Category");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Admin.PostAsync("/products", new { name = "x", price = 1, category })));

        answers.ShouldAllBe(answer => answer.Status == 201);
        answers.Select(answer => answer["category_id"].GetInt64()).Distinct().Count().ShouldBe(1);
    }
}
