
namespace Shop.WebApi.FunctionalTests.Purchases;

public sealed class UpdatePurchaseTests : PurchaseTest
{
    [Test]
    public async Task Another_product_takes_its_place_at_the_same_price_and_the_stock_follows()
    {
        var (before, after) = (await ProductAsync(price: 5, stock: 10), await ProductAsync(price: 7, stock: 2));
        var purchase = await RecordAsync(await Shop.CustomerAsync(), before, quantity: 3);

        var changed = await Admin.PatchAsync($"/purchases/{purchase.Id}", new { product_id = after });

        changed.ShouldBe(200);
        changed.Id.ShouldBe(purchase.Id);
        changed["order_id"].GetInt64().ShouldBe(purchase["order_id"].GetInt64());
        changed["product_id"].GetInt64().ShouldBe(after);
        changed["unit_price"].GetDecimal().ShouldBe(5m);
        changed["quantity"].GetInt32().ShouldBe(3);
        (await StockOfAsync(before)).ShouldBe(10);
        (await StockOfAsync(after)).ShouldBe(0);
        (await NumberAsync($"SELECT stock_held FROM order_items WHERE id = {purchase.Id}")).ShouldBe(2);
        (await UnitsSoldAsync(before)).ShouldBe(0);
        (await UnitsSoldAsync(after)).ShouldBe(3);
    }

    [Test]
    public async Task What_was_bought_is_written_down_anew_and_todays_name_stays_out_of_it()
    {
        var purchase = await RecordAsync(await Shop.CustomerAsync(), await ProductAsync());
        var other = (await Admin.PostAsync("/products", new { name = "Other", price = 1, sku = Unique("SKU") })).ShouldBe(201);

        (await Admin.PatchAsync($"/purchases/{purchase.Id}", new { product_id = other.Id })).ShouldBe(200);

        (await Shop.ScalarAsync<string>($"SELECT sku || '/' || name FROM order_items WHERE id = {purchase.Id}"))
            .ShouldBe($"{other["sku"].GetString()}/Other");
    }

    [Test]
    public async Task Another_buyer_gets_the_purchase_but_not_the_first_ones_address()
    {
        var (first, second) = (await Shop.CustomerAsync(), await Shop.CustomerAsync());
        var product = await ProductAsync(stock: 5);
        var purchase = await RecordAsync(first, product, quantity: 2);
        await Shop.ScalarAsync<object>($"""
            UPDATE orders SET shipping_name = 'First', shipping_line1 = 'x', shipping_city = 'x', shipping_postal_code = 'x', shipping_country = 'DE'
            WHERE id = {purchase["order_id"]} RETURNING id
            """);

        (await Admin.PatchAsync($"/purchases/{purchase.Id}", new { user_id = second.UserId })).ShouldBe(200)["user_id"].GetInt64().ShouldBe(second.UserId);

        (await first.GetAsync($"/purchases/{purchase.Id}")).ShouldBeProblem(404, "purchase_not_found");
        (await second.GetAsync($"/purchases/{purchase.Id}")).ShouldBe(200);
        (await StockOfAsync(product)).ShouldBe(3);
        (await Shop.ScalarAsync<bool>($"SELECT shipping_name IS NULL AND shipping_line1 IS NULL FROM orders WHERE id = {purchase["order_id"]}")).ShouldBeTrue();
    }

    [Test]
    public async Task A_line_of_an_imported_order_gets_an_order_of_its_own_and_moves_no_stock()
    {
        var (buyer, other) = (await Shop.CustomerAsync(), await Shop.CustomerAsync());
        long[] products = [await ProductAsync(), await ProductAsync(), await ProductAsync()];
        var lines = await ImportAsync(buyer, products[0], products[1]);
        var order = (await Admin.GetAsync($"/purchases/{lines[1]}")).ShouldBe(200)["order_id"].GetInt64();

        var moved = (await Admin.PatchAsync($"/purchases/{lines[0]}", new { user_id = other.UserId, product_id = products[2] })).ShouldBe(200);

        moved.Id.ShouldBe(lines[0]);
        moved["order_id"].GetInt64().ShouldNotBe(order);
        moved["user_id"].GetInt64().ShouldBe(other.UserId);
        moved["product_id"].GetInt64().ShouldBe(products[2]);
        moved["purchased_at"].GetString().ShouldBe("2011-01-02T00:00:00Z");
        (await Admin.GetAsync($"/purchases/{lines[1]}")).ShouldBe(200)["user_id"].GetInt64().ShouldBe(buyer.UserId);
        (await TotalOfAsync(order)).ShouldBe(2m);
        (await TotalOfAsync(moved["order_id"].GetInt64())).ShouldBe(2m);
        (await NumberAsync($"SELECT sum(stock_held) FROM order_items WHERE id = {lines[0]}")).ShouldBe(0);
        (await StockOfAsync(products[0])).ShouldBe(100);
        (await StockOfAsync(products[2])).ShouldBe(100);
        (await UnitsSoldAsync(products[0])).ShouldBe(0);
        (await UnitsSoldAsync(products[2])).ShouldBe(2);
    }

    [TestCase("{}")]
    [TestCase("""{"user_id":USER,"product_id":PRODUCT}""")]
    public async Task What_stands_there_already_changes_nothing(string body)
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync();
        var lines = await ImportAsync(buyer, product, await ProductAsync());
        var before = (await Admin.GetAsync($"/purchases/{lines[0]}")).ShouldBe(200);
        (await Admin.DeleteAsync($"/products/{product}")).ShouldBe(204);

        var same = await Admin.PatchAsync($"/purchases/{lines[0]}", body.Replace("USER", $"{buyer.UserId}").Replace("PRODUCT", $"{product}"));

        same.ShouldBe(200).Body.ShouldBe(before.Body);
    }

    [TestCase("""{"user_id":null}""", "user_id")]
    [TestCase("""{"product_id":null}""", "product_id")]
    [TestCase("""{"user_id":999999999}""", "user_id")]
    [TestCase("""{"product_id":999999999}""", "product_id")]
    [TestCase("""{"product_id":"1"}""", "product_id")]
    public async Task Bad_input_is_400_and_names_the_field(string body, string field)
    {
        var purchase = await RecordAsync(await Shop.CustomerAsync(), await ProductAsync());

        var refused = await Admin.PatchAsync($"/purchases/{purchase.Id}", body);

        refused.ShouldBe(400).Json.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(refused.Body);
    }

    [Test]
    public async Task A_product_that_left_the_catalog_cant_take_its_place()
    {
        var gone = await ProductAsync();
        (await Admin.DeleteAsync($"/products/{gone}")).ShouldBe(204);
        var purchase = await RecordAsync(await Shop.CustomerAsync(), await ProductAsync());

        (await Admin.PatchAsync($"/purchases/{purchase.Id}", new { product_id = gone })).ShouldBeProblem(400, "product_unknown", "product_id");
    }

    [Test]
    public async Task What_was_bought_through_the_shop_is_409()
    {
        var buyer = await Shop.CustomerAsync();
        var order = (await buyer.PostAsync("/orders", new { product_id = await ProductAsync(), status = "placed" })).ShouldBe(201);
        (await buyer.PostAsync($"/orders/{order.Id}/payments", new { method = "sandbox_ok" })).ShouldBe(201);
        var purchaseId = order["items"][0].GetProperty("id").GetInt64();

        (await Admin.PatchAsync($"/purchases/{purchaseId}", new { product_id = await ProductAsync() })).ShouldBeProblem(409, "purchase_fixed");
        (await Admin.DeleteAsync($"/purchases/{purchaseId}")).ShouldBeProblem(409, "purchase_fixed");
    }

    [Test]
    public async Task A_line_of_an_order_that_is_not_paid_is_no_purchase()
    {
        var lines = await ImportAsync(await Shop.CustomerAsync(), await ProductAsync());
        var order = await NumberAsync($"SELECT order_id FROM order_items WHERE id = {lines[0]}");
        (await Admin.PutAsync($"/orders/{order}", new { status = "refunded" })).ShouldBe(200);

        (await Admin.GetAsync($"/purchases/{lines[0]}")).ShouldBeProblem(404, "purchase_not_found");
        (await Admin.PatchAsync($"/purchases/{lines[0]}", new { product_id = await ProductAsync() })).ShouldBeProblem(404, "purchase_not_found");
        (await Admin.DeleteAsync($"/purchases/{lines[0]}")).ShouldBeProblem(404, "purchase_not_found");
    }

    [Test]
    public async Task It_is_an_admins_alone_and_what_is_not_there_is_404()
    {
        var buyer = await Shop.CustomerAsync();
        var purchase = await RecordAsync(buyer, await ProductAsync());

        (await Shop.Anonymous().PatchAsync($"/purchases/{purchase.Id}", new { })).ShouldBeProblem(401, "unauthenticated");
        (await buyer.PatchAsync($"/purchases/{purchase.Id}", new { })).ShouldBeProblem(403, "admin_only");
        (await Admin.PatchAsync("/purchases/999999999", new { })).ShouldBeProblem(404, "purchase_not_found");
    }

    [Test]
    public async Task Two_products_exchanged_by_many_at_once_end_with_the_books_in_order()
    {
        var buyer = await Shop.CustomerAsync();
        long[] products = [await ProductAsync(stock: 10), await ProductAsync(stock: 10)];
        var purchases = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => RecordAsync(buyer, products[i % 2], quantity: 2)));

        var answers = await Task.WhenAll(purchases.SelectMany((purchase, i) => new[]
        {
            Admin.PatchAsync($"/purchases/{purchase.Id}", new { product_id = products[(i + 1) % 2] }),
            Admin.PatchAsync($"/purchases/{purchase.Id}", new { product_id = products[i % 2] }),
        }));

        answers.ShouldAllBe(answer => answer.Status == 200);
        (await StockOfAsync(products[0]) + await StockOfAsync(products[1])
            + await NumberAsync($"SELECT sum(stock_held) FROM order_items WHERE product_id IN ({products[0]}, {products[1]})")).ShouldBe(20);
        (await UnitsSoldAsync(products[0]) + await UnitsSoldAsync(products[1])).ShouldBe(16);
    }

    [Test]
    public async Task Lines_of_one_imported_order_can_be_moved_all_at_once()
    {
        var (buyer, other) = (await Shop.CustomerAsync(), await Shop.CustomerAsync());
        var product = await ProductAsync();
        var lines = await ImportAsync(buyer, product, await ProductAsync(), await ProductAsync(), await ProductAsync());

        var answers = await Task.WhenAll(lines.Select(line => Admin.PatchAsync($"/purchases/{line}", new { user_id = other.UserId })));

        answers.ShouldAllBe(answer => answer.Status == 200);
        answers.Select(answer => answer["order_id"].GetInt64()).Distinct().Count().ShouldBe(4);
    }
}
