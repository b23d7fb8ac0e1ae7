using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Payments;

public sealed class RefundOrderTests : ShopTest
{
    [Test]
    public async Task All_that_is_left_goes_back_and_the_order_is_refunded()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync(price: 10m, stock: 5);
        var order = await buyer.BuyAsync(product, 2);

        var refund = (await RefundAsync(order)).ShouldBe(201);

        refund.Amount("amount").ShouldBe(20m);
        refund.Text("status").ShouldBe("succeeded");
        refund.Text("reason").ShouldBe("broken");
        refund["order_id"].GetInt64().ShouldBe(order);
        refund["payment_id"].GetInt64().ShouldBe((await buyer.GetAsync($"/orders/{order}/payments")).Ids()[0]);
        (await Admin.GetAsync(refund.Header("Location")!)).ShouldBe(200).Body.ShouldBe(refund.Body);
        (await Shop.StatusAsync(order)).ShouldBe("refunded");
        (await Shop.LedgerAsync(order)).ShouldBe(0m);
        (await Shop.UnitsSoldAsync(product)).ShouldBe(0);
        (await Shop.StockAsync(product)).ShouldBe(3);
        (await RefundAsync(order)).ShouldBeProblem(409, "nothing_to_refund");
    }

    [TestCase("paid")]
    [TestCase("shipped")]
    [TestCase("delivered")]
    public async Task In_parts_the_status_stays_until_the_last(string status)
    {
        var buyer = await Shop.CustomerAsync();
        var order = await buyer.BuyAsync(await ProductAsync(price: 10m));
        foreach (var step in ((string[])["shipped", "delivered"]).Take(status == "paid" ? 0 : status == "shipped" ? 1 : 2))
        {
            (await Admin.PutAsync($"/orders/{order}", new { status = step })).ShouldBe(200);
        }

        (await RefundAsync(order, 3.33m)).ShouldBe(201);
        (await RefundAsync(order, 3.33m)).ShouldBe(201);
        (await Shop.StatusAsync(order)).ShouldBe(status);
        (await RefundAsync(order, 3.35m)).ShouldBeProblem(409, "refund_too_large")["left"].GetDecimal().ShouldBe(3.34m);
        (await RefundAsync(order)).ShouldBe(201).Amount("amount").ShouldBe(3.34m);

        (await Shop.StatusAsync(order)).ShouldBe("refunded");
        (await Shop.LedgerAsync(order)).ShouldBe(0m);
        var listed = (await Admin.GetAsync($"/orders/{order}/refunds?limit=2&count=true")).ShouldBe(200);
        listed.Header("X-Total-Count").ShouldBe("3");
        listed.Json[0].GetProperty("amount").GetDecimal().ShouldBe(3.34m);
        listed.NextCursor.ShouldNotBeNull();
    }

    [Test]
    public async Task Restocked_twice_stock_comes_back_once()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync(price: 10m, stock: 5);
        var order = await buyer.BuyAsync(product, 2);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RefundAsync(order, 5m, restock: true)));

        (await Shop.StockAsync(product)).ShouldBe(5);
        (await Shop.StatusAsync(order)).ShouldBe("refunded");
        await Shop.ShouldBalanceAsync();
    }

    [Test]
    public async Task Refunds_at_once_never_exceed_what_was_paid()
    {
        foreach (var round in Enumerable.Range(0, Rounds.Of(3)))
        {
            var buyer = await Shop.CustomerAsync();
            var order = await buyer.BuyAsync(await ProductAsync(price: 10m));
            decimal? amount = round % 3 == 0 ? null : 3m;

            var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => RefundAsync(order, amount)));

            answers.Count(answer => answer.Status == 201).ShouldBe(amount is null ? 1 : 3);
            answers.Where(answer => answer.Status != 201).ShouldAllBe(answer => answer.Status == 409);
            (await Shop.LedgerAsync(order)).ShouldBe(amount is null ? 0m : 1m);
            (await Shop.ScalarAsync<decimal>($"SELECT refunded FROM payments WHERE order_id = {order}")).ShouldBe(amount is null ? 10m : 9m);
        }
    }

    [Test]
    public async Task What_was_not_paid_can_not_be_refunded()
    {
        var buyer = await Shop.CustomerAsync();
        var order = await buyer.PlaceAsync(await ProductAsync());

        (await RefundAsync(order)).ShouldBeProblem(409, "nothing_to_refund");
        await buyer.PayAsync(order, "sandbox_declined");
        (await RefundAsync(order)).ShouldBeProblem(409, "nothing_to_refund");
    }

    [Test]
    public async Task Only_admins_refund_and_see_refunds()
    {
        var buyer = await Shop.CustomerAsync();
        var order = await buyer.BuyAsync(await ProductAsync());

        (await buyer.PostAsync($"/orders/{order}/refunds", new { reason = "x" })).ShouldBeProblem(403, "admin_only");
        (await buyer.GetAsync($"/orders/{order}/refunds")).ShouldBeProblem(403, "admin_only");
        (await Shop.Anonymous().GetAsync($"/orders/{order}/refunds")).ShouldBeProblem(401, "unauthenticated");
        (await Admin.PostAsync("/orders/999999999/refunds", new { reason = "x" })).ShouldBeProblem(404, "order_not_found");
        (await Admin.GetAsync("/orders/999999999/refunds")).ShouldBeProblem(404, "order_not_found");
        (await Admin.GetAsync($"/orders/{order}/refunds/999999999")).ShouldBeProblem(404, "refund_not_found");
    }

    [TestCase("""{"reason":"x","amount":0}""", "amount")]
    [TestCase("""{"reason":"x","amount":-1}""", "amount")]
    [TestCase("""{"reason":"x","amount":1.005}""", "amount")]
    [TestCase("""{"amount":1}""", "reason")]
    public async Task Amount_and_reason_are_checked(string body, string field)
    {
        var buyer = await Shop.CustomerAsync();
        var order = await buyer.BuyAsync(await ProductAsync());

        (await Admin.PostAsync($"/orders/{order}/refunds", body)).ShouldBeProblem(400, "validation_failed", field);
    }

    [Test]
    public async Task Under_one_key_money_goes_back_once_and_the_answer_comes_again()
    {
        var buyer = await Shop.CustomerAsync();
        var order = await buyer.BuyAsync(await ProductAsync(price: 10m));
        var (path, body, key) = ($"/orders/{order}/refunds", """{"amount":4,"reason":"x"}""", Paying.NewKey());

        var first = (await Admin.PostAsync(path, body, ("Idempotency-Key", key))).ShouldBe(201);
        var again = (await Admin.PostAsync(path, body, ("Idempotency-Key", key))).ShouldBe(201);

        again.Body.ShouldBe(first.Body);
        again.Header("Idempotent-Replayed").ShouldBe("true");
        (await Admin.PostAsync(path, body + " ", ("Idempotency-Key", key))).ShouldBeProblem(422, "idempotency_key_reused");
        (await Shop.LedgerAsync(order)).ShouldBe(6m);
    }

    private Task<Answer> RefundAsync(long order, decimal? amount = null, bool restock = false) =>
        Admin.PostAsync($"/orders/{order}/refunds", new { amount, reason = "broken", restock });
}
