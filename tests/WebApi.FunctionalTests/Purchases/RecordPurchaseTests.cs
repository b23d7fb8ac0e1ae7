
namespace Shop.WebApi.FunctionalTests.Purchases;

public sealed class RecordPurchaseTests : PurchaseTest
{
    [Test]
    public async Task A_sale_made_elsewhere_is_recorded_at_todays_price_and_takes_its_stock()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync(price: 2.5m, stock: 10);

        var made = await Admin.PostAsync("/purchases", new { user_id = buyer.UserId, product_id = product, quantity = 4 });

        made.ShouldBe(201);
        made.Header("Location").ShouldBe($"/purchases/{made.Id}");
        made["user_id"].GetInt64().ShouldBe(buyer.UserId);
        made["product_id"].GetInt64().ShouldBe(product);
        made["quantity"].GetInt32().ShouldBe(4);
        made["unit_price"].GetRawText().ShouldBe("2.50");
        made["purchased_at"].GetDateTimeOffset().ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
        (await Admin.GetAsync(made.Header("Location")!)).ShouldBe(200).Body.ShouldBe(made.Body);
        (await StockOfAsync(product)).ShouldBe(6);
        (await UnitsSoldAsync(product)).ShouldBe(4);
        (await TotalOfAsync(made["order_id"].GetInt64())).ShouldBe(10m);
    }

    [TestCase(0, 0)]
    [TestCase(3, 0)]
    [TestCase(5, 0)]
    [TestCase(7, 2)]
    public async Task It_has_happened_whatever_the_stock_says(int stock, int left)
    {
        var product = await ProductAsync(stock: stock);

        var made = await RecordAsync(await Shop.CustomerAsync(), product, quantity: 5);

        made["quantity"].GetInt32().ShouldBe(5);
        (await StockOfAsync(product)).ShouldBe(left);
        (await NumberAsync($"SELECT stock_held FROM order_items WHERE id = {made.Id}")).ShouldBe(stock - left);
        (await UnitsSoldAsync(product)).ShouldBe(5);
    }

    [Test]
    public async Task The_quantity_is_1_unless_said_and_names_are_read_in_any_case()
    {
        var buyer = await Shop.CustomerAsync();

        var made = await Admin.PostAsync("/purchases", new { userId = buyer.UserId, productID = await ProductAsync() });

        made.ShouldBe(201)["quantity"].GetInt32().ShouldBe(1);
    }

    [TestCase("""{"product_id":PRODUCT}""", "user_id")]
    [TestCase("""{"user_id":USER}""", "product_id")]
    [TestCase("""{"user_id":999999999,"product_id":PRODUCT}""", "user_id")]
    [TestCase("""{"user_id":USER,"product_id":999999999}""", "product_id")]
    [TestCase("""{"user_id":-1,"product_id":PRODUCT}""", "user_id")]
    [TestCase("""{"user_id":"x","product_id":PRODUCT}""", "user_id")]
    [TestCase("""{"user_id":99999999999999999999,"product_id":PRODUCT}""", "user_id")]
    [TestCase("""{"user_id":USER,"product_id":PRODUCT,"quantity":0}""", "quantity")]
    [TestCase("""{"user_id":USER,"product_id":PRODUCT,"quantity":-1}""", "quantity")]
    [TestCase("""{"user_id":USER,"product_id":PRODUCT,"quantity":1.5}""", "quantity")]
    [TestCase("""{"user_id":USER,"product_id":PRODUCT,"quantity":1000001}""", "quantity")]
    public async Task Bad_input_is_400_and_names_the_field(string body, string field)
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync();

        var refused = await Admin.PostAsync("/purchases", body.Replace("USER", $"{buyer.UserId}").Replace("PRODUCT", $"{product}"));

        refused.ShouldBe(400).Json.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(refused.Body);
    }

    [Test]
    public async Task A_product_that_left_the_catalog_or_a_user_who_was_erased_is_unknown()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync();
        var gone = await ProductAsync();
        (await Admin.DeleteAsync($"/products/{gone}")).ShouldBe(204);
        var erased = await Shop.CustomerAsync();
        (await erased.DeleteAsync($"/users/{erased.UserId}")).ShouldBe(200);

        (await Admin.PostAsync("/purchases", new { user_id = buyer.UserId, product_id = gone })).ShouldBeProblem(400, "product_unknown", "product_id");
        (await Admin.PostAsync("/purchases", new { user_id = erased.UserId, product_id = product })).ShouldBeProblem(400, "user_unknown", "user_id");
    }

    [Test]
    public async Task A_total_beyond_what_money_can_be_is_409_and_takes_no_stock()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync(price: 9_999_999_999.99m, stock: 2);

        (await Admin.PostAsync("/purchases", new { user_id = buyer.UserId, product_id = product, quantity = 2 })).ShouldBeProblem(409, "total_too_large");

        (await StockOfAsync(product)).ShouldBe(2);
        (await UnitsSoldAsync(product)).ShouldBe(0);
    }

    [Test]
    public async Task It_is_an_admins_alone()
    {
        var buyer = await Shop.CustomerAsync();
        var body = new { user_id = buyer.UserId, product_id = await ProductAsync() };

        (await Shop.Anonymous().PostAsync("/purchases", body)).ShouldBeProblem(401, "unauthenticated");
        (await buyer.PostAsync("/purchases", body)).ShouldBeProblem(403, "admin_only");
    }

    [Test]
    public async Task Many_at_once_share_the_stock_there_is()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync(stock: 10);

        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RecordAsync(buyer, product, quantity: 3)));

        made.Select(each => each.Id).Distinct().Count().ShouldBe(8);
        (await StockOfAsync(product)).ShouldBe(0);
        (await NumberAsync($"SELECT sum(stock_held) FROM order_items WHERE product_id = {product}")).ShouldBe(10);
        (await UnitsSoldAsync(product)).ShouldBe(24);
    }
}
