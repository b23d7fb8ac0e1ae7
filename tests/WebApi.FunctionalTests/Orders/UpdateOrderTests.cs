using System.Text.Json;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Orders;

public sealed class UpdateOrderTests : ShopTest
{
    [Test]
    public async Task An_order_goes_its_whole_way_and_units_are_counted_as_sold()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync(stock: 10);
        var id = (await buyer.OrderAsync(product, 3)).Id;

        (await buyer.PutAsync($"/orders/{id}", new { status = "placed", shipping_address = Buying.Address() })).ShouldBe(200).Text("status").ShouldBe("placed");
        (await Shop.StockAsync(product)).ShouldBe(7);
        (await Shop.UnitsSoldAsync(product)).ShouldBe(0);

        var paid = (await Admin.PutAsync($"/orders/{id}", new { status = "paid" })).ShouldBe(200);
        paid["paid_at"].ValueKind.ShouldBe(JsonValueKind.String);
        (await Shop.UnitsSoldAsync(product)).ShouldBe(3);

        (await Admin.PutAsync($"/orders/{id}", new { status = "SHIPPED" })).ShouldBe(200).Text("status").ShouldBe("shipped");
        (await Admin.PutAsync($"/orders/{id}", new { status = "delivered" })).ShouldBe(200)["paid_at"].GetRawText().ShouldBe(paid["paid_at"].GetRawText());
        (await Shop.UnitsSoldAsync(product)).ShouldBe(3);

        (await Admin.PutAsync($"/orders/{id}", new { status = "refunded" })).ShouldBe(200).Text("status").ShouldBe("refunded");
        (await Shop.UnitsSoldAsync(product)).ShouldBe(0);
        (await Shop.StockAsync(product)).ShouldBe(7, "a refund alone gives no stock back");
        await Shop.ShouldBalanceAsync();
    }

    [Test]
    public async Task Cancelling_a_paid_order_gives_stock_and_sold_units_back()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync(stock: 10);
        var id = (await buyer.OrderAsync(product, 4, "placed")).Id;
        (await Admin.PutAsync($"/orders/{id}", new { status = "paid" })).ShouldBe(200);

        var cancelled = (await buyer.PutAsync($"/orders/{id}", new { status = "cancelled" })).ShouldBe(200);

        cancelled.Text("cancel_reason").ShouldBe("customer");
        cancelled.Amount("total").ShouldBe(40m, "the receipt stays");
        (await Shop.StockAsync(product)).ShouldBe(10);
        (await Shop.UnitsSoldAsync(product)).ShouldBe(0);
        await Shop.ShouldBalanceAsync();
    }

    [TestCase("active", "active,paid,shipped,delivered,refunded")]
    [TestCase("placed", "active,placed,shipped,delivered,refunded")]
    [TestCase("paid", "active,placed,paid,delivered")]
    [TestCase("shipped", "active,placed,paid,shipped,cancelled")]
    [TestCase("delivered", "active,placed,paid,shipped,delivered,cancelled")]
    [TestCase("cancelled", "active,placed,paid,shipped,delivered,cancelled,refunded")]
    [TestCase("refunded", "active,placed,paid,shipped,delivered,cancelled,refunded")]
    public async Task What_the_machine_does_not_know_is_409(string status, string refused)
    {
        var id = await OrderThatIsAsync(status, await ProductAsync());

        foreach (var to in refused.Split(','))
        {
            (await Admin.PutAsync($"/orders/{id}", new { status = to })).ShouldBeProblem(409, "illegal_status_change");
        }

        (await Admin.GetAsync($"/orders/{id}")).Text("status").ShouldBe(status);
        await Shop.ShouldBalanceAsync();
    }

    [Test]
    public async Task The_buyer_sets_no_other_status_than_placed_and_cancelled()
    {
        var buyer = await Shop.CustomerAsync();
        var id = (await buyer.OrderAsync(await ProductAsync())).Id;

        foreach (var status in (string[])["active", "paid", "shipped", "delivered", "refunded"])
        {
            (await buyer.PutAsync($"/orders/{id}", new { status })).ShouldBeProblem(403, "status_for_admins");
        }
    }

    [TestCase("active", 200)]
    [TestCase("placed", 200)]
    [TestCase("paid", 200)]
    [TestCase("shipped", 409)]
    [TestCase("cancelled", 409)]
    public async Task The_address_changes_until_it_is_shipped(string status, int expected)
    {
        var id = await OrderThatIsAsync(status, await ProductAsync());

        var answer = (await Admin.PutAsync($"/orders/{id}", new { shipping_address = Buying.Address("Graz") })).ShouldBe(expected);

        if (expected == 200)
        {
            answer["shipping_address"].GetProperty("city").GetString().ShouldBe("Graz");
            answer.Text("status").ShouldBe(status);
        }
        else
        {
            answer.ShouldBeProblem(409, "order_address_fixed");
        }
    }

    [TestCase("{}", "status")]
    [TestCase("{\"status\":\"lost\"}", "status")]
    [TestCase("{\"status\":1}", "status")]
    [TestCase("{\"shipping_address\":{\"name\":\"x\"}}", "shipping_address.country")]
    public async Task Bad_input_is_400_and_names_the_field(string body, string field)
    {
        var id = (await Admin.OrderAsync(await ProductAsync())).Id;

        (await Admin.PutAsync($"/orders/{id}", body)).ShouldBeProblem(400, "validation_failed", field);
    }

    [Test]
    public async Task An_empty_order_is_not_placed()
    {
        var product = await ProductAsync();
        var id = (await Admin.OrderAsync(product)).Id;
        (await Admin.DeleteAsync($"/orders/{id}/products/{product}")).ShouldBe(200);

        (await Admin.PutAsync($"/orders/{id}", new { status = "placed" })).ShouldBeProblem(409, "order_empty");
    }

    [Test]
    public async Task A_stale_version_is_412_and_changes_nothing()
    {
        var buyer = await Shop.CustomerAsync();
        var order = await buyer.OrderAsync(await ProductAsync());
        var changed = (await buyer.PutAsync($"/orders/{order.Id}", new { shipping_address = Buying.Address() }, ("If-Match", order.ETag))).ShouldBe(200);

        (await buyer.PutAsync($"/orders/{order.Id}", new { status = "placed" }, ("If-Match", order.ETag))).ShouldBeProblem(412, "precondition_failed");
        (await buyer.PutAsync($"/orders/{order.Id}", new { status = "placed" }, ("If-Match", changed.ETag))).ShouldBe(200);
    }

    [Test]
    public async Task Somebody_elses_order_is_not_found()
    {
        var id = (await Admin.OrderAsync(await ProductAsync())).Id;

        (await (await Shop.CustomerAsync()).PutAsync($"/orders/{id}", new { status = "cancelled" })).ShouldBeProblem(404, "order_not_found");
        (await Shop.Anonymous().PutAsync($"/orders/{id}", new { status = "cancelled" })).ShouldBeProblem(401, "unauthenticated");
    }

    [Test]
    public async Task Of_cancelling_and_shipping_at_once_one_happens()
    {
        var product = await ProductAsync(stock: 100);
        for (var round = 0; round < 4; round++)
        {
            var before = await Shop.StockAsync(product);
            var id = await OrderThatIsAsync("paid", product);

            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Admin.PutAsync($"/orders/{id}", new { status = i % 2 == 0 ? "cancelled" : "shipped" })));

            answers.Count(answer => answer.Status == 200).ShouldBe(1);
            answers.Where(answer => answer.Status != 200).ShouldAllBe(answer => answer.Code == "illegal_status_change");
            var shipped = answers.Single(answer => answer.Status == 200).Text("status") == "shipped";
            (await Shop.StockAsync(product)).ShouldBe(shipped ? before - 1 : before);
        }

        await Shop.ShouldBalanceAsync();
    }

    [Test]
    public async Task Paid_many_times_at_once_it_is_sold_once()
    {
        var product = await ProductAsync();
        var id = await OrderThatIsAsync("placed", product);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Admin.PutAsync($"/orders/{id}", new { status = "paid" })));

        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        (await Shop.UnitsSoldAsync(product)).ShouldBe(1);
    }

    private async Task<long> OrderThatIsAsync(string status, long product)
    {
        var id = (await Admin.OrderAsync(product)).Id;
        string[] way = status switch
        {
            "active" => [],
            "placed" => ["placed"],
            "paid" => ["placed", "paid"],
            "shipped" => ["placed", "paid", "shipped"],
            "delivered" => ["placed", "paid", "shipped", "delivered"],
            "cancelled" => ["placed", "cancelled"],
            _ => ["placed", "paid", "refunded"],
        };
        foreach (var step in way)
        {
            (await Admin.PutAsync($"/orders/{id}", new { status = step })).ShouldBe(200);
        }

        return id;
    }
}
