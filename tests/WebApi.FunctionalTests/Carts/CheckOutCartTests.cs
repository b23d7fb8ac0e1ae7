using System.Text.Json;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Carts;

public sealed class CheckOutCartTests : ShopTest
{
    [Test]
    public async Task The_cart_becomes_a_placed_order_and_ends()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync(price: 12.5m, stock: 10);
        await buyer.PutInCartAsync(product, 4);
        object address = new { name = " Anna ", line1 = "Main 1", line2 = "c/o Ben", city = "Wien", region = "", postal_code = "1010", country = "at" };

        var order = (await buyer.PostAsync("/cart/checkout", new { shipping_address = address, expected_total = 50 })).ShouldBe(201);

        order.Header("Location").ShouldBe($"/orders/{order.Id}");
        order.Text("status").ShouldBe("placed");
        order["user_id"].GetInt64().ShouldBe(buyer.UserId);
        order["subtotal"].GetRawText().ShouldBe("50.00");
        order.Amount("total").ShouldBe(50m);
        order["placed_at"].ValueKind.ShouldBe(JsonValueKind.String);
        order["shipping_address"].GetRawText().ShouldBe(
            "{\"name\":\"Anna\",\"line1\":\"Main 1\",\"line2\":\"c/o Ben\",\"city\":\"Wien\",\"region\":null,\"postal_code\":\"1010\",\"country\":\"AT\"}");
        (await buyer.GetAsync($"/orders/{order.Id}")).ShouldBe(200).Body.ShouldBe(order.Body);
        (await buyer.GetAsync("/cart")).List("items").ShouldBeEmpty();
        (await Shop.StockAsync(product)).ShouldBe(6);
        await Shop.ShouldBalanceAsync();
    }

    [Test]
    public async Task What_it_answers_is_what_can_be_read_afterwards_to_the_byte()
    {
        var buyer = await Shop.CustomerAsync();
        var code = Unique("C").Replace(' ', '-');
        (await Admin.PostAsync("/coupons", new { code, percent = 10 })).ShouldBe(201);
        await buyer.PutInCartAsync(await ProductAsync(price: 12.5m), 2);
        await buyer.PutInCartAsync(await ProductAsync(price: 7m));

        var order = (await buyer.PostAsync("/cart/checkout", new { shipping_address = Buying.Address(), coupon = code })).ShouldBe(201);

        order["discount"].GetRawText().ShouldBe("3.20");
        var read = (await buyer.GetAsync($"/orders/{order.Id}")).ShouldBe(200);
        (read.Body, read.ETag).ShouldBe((order.Body, order.ETag));
    }

    [Test]
    public async Task All_lines_of_a_long_cart_become_lines_of_the_order([Values] bool hasKey)
    {
        var buyer = await Shop.CustomerAsync();
        var products = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => ProductAsync()));
        foreach (var product in products)
        {
            await buyer.PutInCartAsync(product);
        }

        (string, string)[] headers = hasKey ? [("Idempotency-Key", Unique("checkout").Replace(' ', '-'))] : [];
        var order = (await buyer.PostAsync("/cart/checkout", new { shipping_address = Buying.Address() }, headers)).ShouldBe(201);

        order.List("items").Select(line => line.GetProperty("product_id").GetInt64()).ShouldBe(products, ignoreOrder: true);
        (await Shop.ScalarAsync<long>($"SELECT count(*) FROM cart_items WHERE product_id IN ({string.Join(", ", products)})")).ShouldBe(0);
    }

    [Test]
    public async Task The_next_units_lie_in_a_new_cart()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync();
        await buyer.PutInCartAsync(product, 2);
        var first = await CheckOutAsync(buyer);

        (await buyer.PostAsync("/cart_items", new { product_id = product })).ShouldBe(201)["quantity"].GetInt32().ShouldBe(1);

        (await CheckOutAsync(buyer)).ShouldBe(201).Id.ShouldNotBe(first.Id);
    }

    [Test]
    public async Task Without_a_cart_or_lines_there_is_nothing_to_check_out()
    {
        var buyer = await Shop.CustomerAsync();
        (await CheckOutAsync(buyer)).ShouldBeProblem(409, "cart_empty");

        await buyer.PutInCartAsync(await ProductAsync());
        await buyer.DeleteAsync("/cart_items");

        (await CheckOutAsync(buyer)).ShouldBeProblem(409, "cart_empty");
    }

    [Test]
    public async Task A_guest_signs_in_first()
    {
        var guest = Shop.Anonymous();
        await guest.PutInCartAsync(await ProductAsync());

        (await CheckOutAsync(guest)).ShouldBeProblem(401, "unauthenticated");
    }

    [TestCase("{}", "shipping_address")]
    [TestCase("{\"shipping_address\":null}", "shipping_address")]
    [TestCase("{\"shipping_address\":\"Berlin\"}", "shipping_address")]
    [TestCase("{\"shipping_address\":{}}", "shipping_address.name")]
    [TestCase("{\"shipping_address\":{\"name\":\"x\",\"line1\":\"x\",\"city\":\"x\",\"postal_code\":\"x\"}}", "shipping_address.country")]
    [TestCase("{\"shipping_address\":{\"name\":\"x\",\"line1\":\"x\",\"city\":\"x\",\"postal_code\":\"x\",\"country\":\"XX\"}}", "shipping_address.country")]
    [TestCase("{\"shipping_address\":{\"name\":\"x\",\"line1\":\"x\",\"city\":\"x\",\"postal_code\":\"x\",\"country\":\"DEU\"}}", "shipping_address.country")]
    [TestCase("{\"shipping_address\":{\"name\":\"x\",\"line1\":\" \",\"city\":\"x\",\"postal_code\":\"x\",\"country\":\"DE\"}}", "shipping_address.line1")]
    [TestCase("{\"shipping_address\":{\"name\":\"x\",\"line1\":\"x\",\"city\":\"x\",\"postal_code\":\"123456789012345678901\",\"country\":\"DE\"}}", "shipping_address.postal_code")]
    [TestCase("{\"expected_total\":-1}", "expected_total")]
    [TestCase("{\"expected_total\":1.001}", "expected_total")]
    public async Task Bad_input_is_400_and_names_the_field(string body, string field)
    {
        var buyer = await Shop.CustomerAsync();
        await buyer.PutInCartAsync(await ProductAsync());

        (await buyer.PostAsync("/cart/checkout", body)).ShouldBeProblem(400, "validation_failed", field);
    }

    [Test]
    public async Task Another_total_than_expected_is_refused_with_todays_and_nothing_changes()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync(price: 10m, stock: 5);
        await buyer.PutInCartAsync(product, 2);
        (await Admin.PatchAsync($"/products/{product}", new { price = 11m })).ShouldBe(200);

        var refused = await buyer.PostAsync("/cart/checkout", new { shipping_address = Buying.Address(), expected_total = 20 });

        refused.ShouldBeProblem(409, "cart_changed").Amount("total").ShouldBe(22m);
        (await Shop.StockAsync(product)).ShouldBe(5);
        (await buyer.GetAsync("/orders")).Body.ShouldBe("[]");
        (await buyer.PostAsync("/cart/checkout", new { shipping_address = Buying.Address(), expected_total = 22 })).ShouldBe(201);
    }

    [Test]
    public async Task Too_little_stock_takes_nothing_and_says_what_is_left()
    {
        var buyer = await Shop.CustomerAsync();
        var plenty = await ProductAsync(stock: 10);
        var scarce = await ProductAsync(stock: 1);
        await buyer.PutInCartAsync(plenty, 2);
        await buyer.PutInCartAsync(scarce, 3);

        var refused = (await CheckOutAsync(buyer)).ShouldBeProblem(409, "insufficient_stock");

        var shortage = refused.List("products").ShouldHaveSingleItem();
        shortage.GetProperty("product_id").GetInt64().ShouldBe(scarce);
        shortage.GetProperty("requested").GetInt32().ShouldBe(3);
        shortage.GetProperty("available").GetInt32().ShouldBe(1);
        (await Shop.StockAsync(plenty)).ShouldBe(10);
        (await buyer.GetAsync("/cart")).List("items").Count.ShouldBe(2);
        await Shop.ShouldBalanceAsync();
    }

    [Test]
    public async Task A_product_that_left_the_catalog_is_refused()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync();
        await buyer.PutInCartAsync(product);
        (await Admin.DeleteAsync($"/products/{product}")).ShouldBe(204);

        (await CheckOutAsync(buyer)).ShouldBeProblem(409, "product_unavailable")
            .List("product_ids").ShouldHaveSingleItem().GetInt64().ShouldBe(product);
    }

    [Test]
    public async Task A_coupon_that_does_not_exist_is_refused()
    {
        var buyer = await Shop.CustomerAsync();
        await buyer.PutInCartAsync(await ProductAsync());

        (await buyer.PostAsync("/cart/checkout", new { shipping_address = Buying.Address(), coupon = "SAVE10" })).ShouldBeProblem(409, "coupon_not_valid");
        (await buyer.PostAsync("/cart/checkout", new { shipping_address = Buying.Address(), coupon = (string?)null })).ShouldBe(201);
    }

    [Test]
    public async Task One_cart_checked_out_twelve_times_at_once_is_one_order()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync(stock: 50);
        await buyer.PutInCartAsync(product, 3);

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => CheckOutAsync(buyer)));

        answers.Count(answer => answer.Status == 201).ShouldBe(1);
        answers.Where(answer => answer.Status != 201).ShouldAllBe(answer => answer.Status == 409 && answer.Code == "cart_empty");
        (await buyer.GetAsync("/orders")).Ids().Count.ShouldBe(1);
        (await Shop.StockAsync(product)).ShouldBe(47);
        await Shop.ShouldBalanceAsync();
    }

    [Test]
    public async Task Repeated_under_its_key_it_answers_with_the_same_order()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync(stock: 5);
        await buyer.PutInCartAsync(product, 2);
        var body = new { shipping_address = Buying.Address() };
        var key = ("Idempotency-Key", Unique("checkout").Replace(' ', '-'));

        var first = (await buyer.PostAsync("/cart/checkout", body, key)).ShouldBe(201);
        var again = (await buyer.PostAsync("/cart/checkout", body, key)).ShouldBe(201);

        again.Body.ShouldBe(first.Body);
        again.Header("Idempotent-Replayed").ShouldBe("true");
        again.Header("Location").ShouldBe($"/orders/{first.Id}");
        (await Shop.StockAsync(product)).ShouldBe(3);
    }

    [Test]
    public async Task Units_added_while_it_is_checked_out_are_in_the_order_or_in_the_next_cart()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync(stock: 1_000);
        await buyer.PutInCartAsync(product);

        var adding = Enumerable.Range(0, 8).Select(_ => buyer.PostAsync("/cart_items", new { product_id = product }));
        var checkingOut = Enumerable.Range(0, 4).Select(_ => CheckOutAsync(buyer));
        var answers = await Task.WhenAll([.. adding, .. checkingOut]);

        answers.Take(8).ShouldAllBe(answer => answer.Status == 200 || answer.Status == 201);
        answers.Skip(8).ShouldAllBe(answer => answer.Status == 201 || answer.Status == 409);
        var ordered = (await buyer.GetAsync("/orders")).Json.EnumerateArray()
            .Sum(order => order.GetProperty("items").EnumerateArray().Sum(item => item.GetProperty("quantity").GetInt32()));
        var left = (await buyer.GetAsync("/cart")).List("items").Sum(item => item.GetProperty("quantity").GetInt32());
        (ordered + left).ShouldBe(9);
        await Shop.ShouldBalanceAsync();
    }

    private static Task<Answer> CheckOutAsync(Actor buyer) => buyer.PostAsync("/cart/checkout", new { shipping_address = Buying.Address() });
}
