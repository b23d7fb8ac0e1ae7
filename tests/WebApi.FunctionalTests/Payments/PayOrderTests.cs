using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Payments;

public sealed class PayOrderTests : ShopTest
{
    [TestCase("sandbox_ok")]
    [TestCase("sandbox_slow")]
    [TestCase("sandbox_timeout_charged")]
    public async Task A_placed_order_is_paid(string method)
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync(price: 12.5m, stock: 5);
        var order = await buyer.PlaceAsync(product, 2);

        var paid = (await buyer.PayAsync(order, method)).ShouldBe(201);

        paid.Text("status").ShouldBe("captured");
        paid.Amount("amount").ShouldBe(25m);
        paid.Text("provider").ShouldBe("sandbox");
        paid.Text("provider_reference").ShouldNotBeNullOrEmpty();
        paid["order_id"].GetInt64().ShouldBe(order);
        paid["created_at"].GetDateTimeOffset().ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
        (await buyer.GetAsync(paid.Header("Location")!)).ShouldBe(200).Body.ShouldBe(paid.Body);
        var after = (await buyer.GetAsync($"/orders/{order}")).ShouldBe(200);
        after.Text("status").ShouldBe("paid");
        after.Text("paid_at").ShouldNotBeNull();
        (await Shop.LedgerAsync(order)).ShouldBe(25m);
        (await Shop.ChargesAsync(order)).ShouldBe(1);
        (await Shop.UnitsSoldAsync(product)).ShouldBe(2);
        (await Shop.StockAsync(product)).ShouldBe(3);
    }

    /// <summary>That of a captured payment is compared above.</summary>
    [Test]
    public async Task What_it_answers_is_what_can_be_read_afterwards_to_the_byte()
    {
        var buyer = await Shop.CustomerAsync();
        var nothing = (await buyer.PayAsync(await buyer.PlaceAsync(await ProductAsync(price: 0)))).ShouldBe(201);
        (await buyer.GetAsync(nothing.Header("Location")!)).ShouldBe(200).Body.ShouldBe(nothing.Body);

        await using var shop = await FaultyShop.StartAsync();
        shop.Gateway.IsUndecided = true;
        var undecided = (await shop.Buyer.PayAsync(await shop.PlaceAsync())).ShouldBe(202);
        (await shop.Buyer.GetAsync(undecided.Header("Location")!)).ShouldBe(200).Body.ShouldBe(undecided.Body);
    }

    [TestCase("sandbox_declined", "payment_declined", "declined")]
    [TestCase("no_such_token", "payment_declined", "declined")]
    [TestCase("sandbox_timeout_not_charged", "payment_failed", "failed")]
    public async Task Where_nothing_is_charged_the_order_stays_placed_and_can_be_paid_again(string method, string code, string status)
    {
        var buyer = await Shop.CustomerAsync();
        var order = await buyer.PlaceAsync(await ProductAsync());

        (await buyer.PayAsync(order, method)).ShouldBeProblem(402, code);

        (await Shop.StatusAsync(order)).ShouldBe("placed");
        (await Shop.PaymentsAsync(order)).ShouldBe(status);
        (await Shop.LedgerAsync(order)).ShouldBe(0m);
        (await buyer.PayAsync(order)).ShouldBe(201);
        (await Shop.PaymentsAsync(order)).ShouldBe($"{status} captured");
    }

    [Test]
    public async Task Paying_twice_is_409()
    {
        var buyer = await Shop.CustomerAsync();
        var order = await buyer.BuyAsync(await ProductAsync());

        (await buyer.PayAsync(order)).ShouldBeProblem(409, "already_paid");
        (await Admin.PutAsync($"/orders/{order}", new { status = "shipped" })).ShouldBe(200);
        (await buyer.PayAsync(order)).ShouldBeProblem(409, "already_paid");
        (await Shop.ChargesAsync(order)).ShouldBe(1);
    }

    [Test]
    public async Task What_is_not_placed_is_409()
    {
        var buyer = await Shop.CustomerAsync();
        var active = (await buyer.OrderAsync(await ProductAsync())).Id;
        var cancelled = await buyer.PlaceAsync(await ProductAsync());
        (await buyer.DeleteAsync($"/orders/{cancelled}")).ShouldBe(200);

        (await buyer.PayAsync(active)).ShouldBeProblem(409, "order_not_placed");
        (await buyer.PayAsync(cancelled)).ShouldBeProblem(409, "order_ended");
        (await Shop.PaymentsAsync(active)).ShouldBeEmpty();
    }

    [Test]
    public async Task An_order_that_costs_nothing_is_paid_without_a_provider()
    {
        var buyer = await Shop.CustomerAsync();
        var order = await buyer.PlaceAsync(await ProductAsync(price: 0));

        var paid = (await buyer.PayAsync(order, "sandbox_declined")).ShouldBe(201);

        paid.Amount("amount").ShouldBe(0);
        paid.Text("status").ShouldBe("captured");
        paid.Text("provider").ShouldBe("none");
        paid["provider_reference"].ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await Shop.StatusAsync(order)).ShouldBe("paid");
        (await Shop.ScalarAsync<long>($"SELECT count(*) FROM sandbox_payments WHERE order_id = {order}")).ShouldBe(0);
        (await Admin.PostAsync($"/orders/{order}/refunds", new { reason = "x" })).ShouldBeProblem(409, "nothing_to_refund");
        (await buyer.DeleteAsync($"/orders/{order}")).ShouldBe(200);
    }

    [TestCase("{}")]
    [TestCase("""{"method":""}""")]
    [TestCase("""{"method":null}""")]
    public async Task A_method_is_required(string body)
    {
        var buyer = await Shop.CustomerAsync();
        var order = await buyer.PlaceAsync(await ProductAsync());

        (await buyer.PostAsync($"/orders/{order}/payments", body)).ShouldBeProblem(400, "validation_failed", "method");
    }

    [Test]
    public async Task Somebody_elses_order_is_not_found_and_an_admin_pays_and_sees_anybodys()
    {
        var (buyer, other) = (await Shop.CustomerAsync(), await Shop.CustomerAsync());
        var order = await buyer.PlaceAsync(await ProductAsync());

        (await other.PayAsync(order)).ShouldBeProblem(404, "order_not_found");
        (await Shop.Anonymous().PayAsync(order)).ShouldBeProblem(401, "unauthenticated");
        var paid = (await Admin.PayAsync(order)).ShouldBe(201);

        (await other.GetAsync($"/orders/{order}/payments")).ShouldBeProblem(404, "order_not_found");
        (await other.GetAsync($"/orders/{order}/payments/{paid.Id}")).ShouldBeProblem(404, "payment_not_found");
        (await Admin.GetAsync($"/orders/{order}/payments/{paid.Id}")).ShouldBe(200);
        (await buyer.GetAsync($"/orders/{order}/payments/999999999")).ShouldBeProblem(404, "payment_not_found");
    }

    [Test]
    public async Task Payments_are_listed_newest_first_and_page_by_page()
    {
        var buyer = await Shop.CustomerAsync();
        var order = await buyer.PlaceAsync(await ProductAsync());
        await buyer.PayAsync(order, "sandbox_declined");
        var paid = await buyer.PayAsync(order);

        var first = (await buyer.GetAsync($"/orders/{order}/payments?limit=1&count=true")).ShouldBe(200);

        first.Ids().ShouldBe([paid.Id]);
        first.Header("X-Total-Count").ShouldBe("2");
        (await buyer.GetAsync($"/orders/{order}/payments?limit=1&cursor={first.NextCursor}")).ShouldBe(200).Json[0].GetProperty("status").GetString().ShouldBe("declined");
    }
}
