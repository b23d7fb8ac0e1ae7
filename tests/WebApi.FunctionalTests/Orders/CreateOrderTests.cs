using System.Text.Json;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Orders;

public sealed class CreateOrderTests : ShopTest
{
    [TestCase(1)]
    [TestCase(9, Description = "more than one statement takes")]
    public async Task What_placing_answers_is_what_can_be_read_afterwards_to_the_byte(int lines)
    {
        var buyer = await Shop.CustomerAsync();
        var products = await Task.WhenAll(Enumerable.Range(1, lines).Select(i => ProductAsync(price: i + 0.5m)));

        var placed = (await buyer.PostAsync("/orders", new
        {
            status = "placed",
            items = products.Select((product, i) => new { product_id = product, quantity = i + 1 }),
            shipping_address = Buying.Address(),
        })).ShouldBe(201);

        var read = (await buyer.GetAsync($"/orders/{placed.Id}")).ShouldBe(200);
        (read.Body, read.ETag).ShouldBe((placed.Body, placed.ETag));
    }

    [Test]
    public async Task An_active_order_shows_todays_prices_and_holds_no_stock()
    {
        var buyer = await Shop.CustomerAsync();
        var lamp = await ProductAsync(price: 12.5m, stock: 3);
        var desk = await ProductAsync(price: 100m, stock: 1);

        var order = (await buyer.PostAsync(
            "/orders", new { items = new object[] { new { product_id = lamp, quantity = 2 }, new { product_id = desk }, new { product_id = lamp, quantity = 5 } } })).ShouldBe(201);

        order.Header("Location").ShouldBe($"/orders/{order.Id}");
        order.Json.EnumerateObject().Select(property => property.Name).ShouldBe(
            [
                "id", "number", "user_id", "status", "cancel_reason", "items", "subtotal", "discount", "shipping", "tax", "total", "currency",
                "coupon", "shipping_address", "placed_at", "paid_at", "created_at", "updated_at",
            ]);
        order.Text("number").ShouldNotBeNullOrEmpty();
        order["user_id"].GetInt64().ShouldBe(buyer.UserId);
        order.Text("status").ShouldBe("active");
        order.Text("currency").ShouldBe("EUR");
        foreach (var nothing in (string[])["cancel_reason", "coupon", "shipping_address", "placed_at", "paid_at"])
        {
            order[nothing].ValueKind.ShouldBe(JsonValueKind.Null, nothing);
        }

        var first = order.List("items")[0];
        first.EnumerateObject().Select(property => property.Name).ShouldBe(["id", "product_id", "sku", "name", "unit_price", "quantity", "line_total"]);
        first.GetProperty("product_id").GetInt64().ShouldBe(lamp);
        first.GetProperty("quantity").GetInt32().ShouldBe(7, "equal products are summed");
        first.GetProperty("line_total").GetRawText().ShouldBe("87.50");
        order.List("items").Count.ShouldBe(2);
        order.Amount("subtotal").ShouldBe(187.5m);
        order.Amount("total").ShouldBe(187.5m);
        (await Shop.StockAsync(lamp)).ShouldBe(3);
    }

    [Test]
    public async Task One_product_is_ordered_without_a_list()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync();

        (await buyer.PostAsync("/orders", new { productId = product, orderQuantity = 3 })).ShouldBe(201).List("items")[0].GetProperty("quantity").GetInt32().ShouldBe(3);
        (await buyer.PostAsync("/orders", new { product_id = product })).ShouldBe(201).List("items")[0].GetProperty("quantity").GetInt32().ShouldBe(1);
    }

    [Test]
    public async Task Placed_at_once_it_holds_stock_and_the_address_may_come_later()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync(stock: 5);

        var bare = (await buyer.PostAsync("/orders", new { product_id = product, quantity = 2, status = "placed" })).ShouldBe(201);
        var addressed = (await buyer.PostAsync("/orders", new { product_id = product, status = "placed", shipping_address = Buying.Address() })).ShouldBe(201);

        bare.Text("status").ShouldBe("placed");
        bare["placed_at"].ValueKind.ShouldBe(JsonValueKind.String);
        bare["shipping_address"].ValueKind.ShouldBe(JsonValueKind.Null);
        addressed["shipping_address"].GetProperty("city").GetString().ShouldBe("Berlin");
        (await Shop.StockAsync(product)).ShouldBe(2);
        await Shop.ShouldBalanceAsync();
    }

    [Test]
    public async Task Placed_at_once_with_too_little_stock_leaves_nothing_behind()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync(stock: 1);

        (await buyer.PostAsync("/orders", new { product_id = product, quantity = 2, status = "placed" })).ShouldBeProblem(409, "insufficient_stock");

        (await buyer.GetAsync("/orders")).Body.ShouldBe("[]");
        (await Shop.StockAsync(product)).ShouldBe(1);
    }

    [Test]
    public async Task A_product_that_left_the_catalog_can_not_be_placed_nor_begun()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync(stock: 1);
        (await Admin.DeleteAsync($"/products/{product}")).ShouldBe(204);

        (await buyer.PostAsync("/orders", new { product_id = product, status = "placed" })).ShouldBeProblem(409, "product_unavailable")
            .List("product_ids").ShouldHaveSingleItem().GetInt64().ShouldBe(product);
        (await buyer.PostAsync("/orders", new { product_id = product })).ShouldBeProblem(400, "product_unknown", "product_id");
        (await buyer.PostAsync("/orders", new { product_id = 999_999_999, status = "placed" })).ShouldBeProblem(400, "product_unknown", "product_id");
        (await buyer.GetAsync("/orders")).Body.ShouldBe("[]");
    }

    [TestCase("{}", "validation_failed", "items")]
    [TestCase("{\"items\":[]}", "validation_failed", "items")]
    [TestCase("{\"items\":[null]}", "validation_failed", "items[0]")]
    [TestCase("{\"items\":[{}]}", "validation_failed", "items[0].product_id")]
    [TestCase("{\"items\":[{\"product_id\":1,\"quantity\":0}]}", "validation_failed", "items[0].quantity")]
    [TestCase("{\"items\":[{\"product_id\":999999999}]}", "product_unknown", "product_id")]
    [TestCase("{\"items\":[{\"product_id\":1}],\"product_id\":1}", "validation_failed", "items")]
    [TestCase("{\"items\":[{\"product_id\":1,\"quantity\":600000},{\"product_id\":1,\"quantity\":600000}]}", "quantity_out_of_range", "quantity")]
    [TestCase("{\"items\":{\"product_id\":1}}", "validation_failed", "items")]
    [TestCase("{\"product_id\":999999999}", "product_unknown", "product_id")]
    [TestCase("{\"product_id\":1,\"quantity\":1000001}", "validation_failed", "quantity")]
    [TestCase("{\"product_id\":1,\"status\":\"paid\"}", "validation_failed", "status")]
    [TestCase("{\"product_id\":1,\"status\":\"1\"}", "validation_failed", "status")]
    [TestCase("{\"product_id\":1,\"shipping_address\":{\"country\":\"DE\"}}", "validation_failed", "shipping_address.city")]
    public async Task Bad_input_is_400_and_names_the_field(string body, string code, string field)
    {
        var buyer = await Shop.CustomerAsync();

        (await buyer.PostAsync("/orders", body)).ShouldBeProblem(400, code, field);
    }

    [Test]
    public async Task An_order_takes_500_products_and_no_more()
    {
        static object Order(int count) => new { items = Enumerable.Range(0, count).Select(i => new { product_id = 900_000_000 + i }) };

        (await Admin.PostAsync("/orders", Order(501))).ShouldBeProblem(409, "too_many_lines");
        (await Admin.PostAsync("/orders", Order(500))).ShouldBeProblem(400, "product_unknown", "product_id");
    }

    [TestCase("", "malformed_json")]
    [TestCase("{", "malformed_json")]
    [TestCase("[1]", "malformed_json")]
    public async Task What_is_no_order_is_400(string body, string code) => (await Admin.PostAsync("/orders", body)).ShouldBeProblem(400, code);

    [Test]
    public async Task A_total_beyond_what_money_can_be_is_refused_when_it_is_placed()
    {
        var product = await ProductAsync(price: 9_999_999_999.99m, stock: 2);
        var order = await Admin.OrderAsync(product, 2);

        order.Amount("total").ShouldBe(19_999_999_999.98m);
        (await Admin.PutAsync($"/orders/{order.Id}", new { status = "placed" })).ShouldBeProblem(409, "total_too_large");
        (await Shop.StockAsync(product)).ShouldBe(2);
    }

    [Test]
    public async Task Nobody_signed_in_is_401() =>
        (await Shop.Anonymous().PostAsync("/orders", new { product_id = 1 })).ShouldBeProblem(401, "unauthenticated");

    [Test]
    public async Task An_admin_orders_for_anybody_and_a_customer_for_themselves()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync();

        (await Admin.PostAsync("/orders", new { product_id = product, user_id = buyer.UserId })).ShouldBe(201)["user_id"].GetInt64().ShouldBe(buyer.UserId);
        (await buyer.PostAsync("/orders", new { product_id = product, user_id = buyer.UserId })).ShouldBe(201);
        (await Admin.PostAsync("/orders", new { product_id = product, user_id = 999_999_999 })).ShouldBeProblem(400, "user_unknown", "user_id");
        (await (await Shop.CustomerAsync()).PostAsync("/orders", new { product_id = product, user_id = buyer.UserId })).ShouldBeProblem(403, "user_for_admins");
    }

    [Test]
    public async Task Numbers_differ()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync();

        var orders = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => buyer.OrderAsync(product)));

        orders.Select(order => order.Text("number")).Distinct().Count().ShouldBe(10);
    }
}
