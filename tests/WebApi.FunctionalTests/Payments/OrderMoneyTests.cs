using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Payments;

/// <summary>What follows for the money when an order moves.</summary>
public sealed class OrderMoneyTests : ShopTest
{
    [TestCase(false)]
    [TestCase(true)]
    public async Task A_cancelled_order_gets_its_money_back_and_its_stock_is_free(bool byPut)
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync(price: 10m, stock: 5);
        var order = await buyer.BuyAsync(product, 2);
        (await Admin.PostAsync($"/orders/{order}/refunds", new { amount = 5, reason = "late" })).ShouldBe(201);

        var cancelled = byPut ? await buyer.PutAsync($"/orders/{order}", new { status = "cancelled" }) : await buyer.DeleteAsync($"/orders/{order}");

        cancelled.ShouldBe(200).Text("status").ShouldBe("cancelled");
        var refunds = (await Admin.GetAsync($"/orders/{order}/refunds")).ShouldBe(200);
        refunds.Json.GetArrayLength().ShouldBe(2);
        refunds.Json[0].GetProperty("amount").GetDecimal().ShouldBe(15m);
        refunds.Json[0].GetProperty("reason").GetString().ShouldBe("order_cancelled");
        refunds.Json[0].GetProperty("status").GetString().ShouldBe("succeeded");
        (await Shop.LedgerAsync(order)).ShouldBe(0m);
        (await Shop.StockAsync(product)).ShouldBe(5);
        (await Shop.UnitsSoldAsync(product)).ShouldBe(0);
        (await Admin.PostAsync($"/orders/{order}/refunds", new { reason = "x" })).ShouldBeProblem(409, "nothing_to_refund");
    }

    [Test]
    public async Task Set_to_refunded_by_an_admin_all_that_is_left_goes_back()
    {
        var buyer = await Shop.CustomerAsync();
        var order = await buyer.BuyAsync(await ProductAsync(price: 10m));

        (await Admin.PutAsync($"/orders/{order}", new { status = "refunded" })).ShouldBe(200).Text("status").ShouldBe("refunded");

        (await Shop.LedgerAsync(order)).ShouldBe(0m);
        (await Admin.GetAsync($"/orders/{order}/refunds")).ShouldBe(200).Json[0].GetProperty("reason").GetString().ShouldBe("order_refunded");
    }

    [Test]
    public async Task Set_to_paid_by_an_admin_the_books_say_so_and_giving_back_asks_nobody()
    {
        var buyer = await Shop.CustomerAsync();
        var order = await buyer.PlaceAsync(await ProductAsync(price: 10m));

        (await Admin.PutAsync($"/orders/{order}", new { status = "paid" })).ShouldBe(200);

        var payment = (await buyer.GetAsync($"/orders/{order}/payments")).ShouldBe(200).Json[0];
        payment.GetProperty("provider").GetString().ShouldBe("manual");
        payment.GetProperty("status").GetString().ShouldBe("captured");
        payment.GetProperty("amount").GetDecimal().ShouldBe(10m);
        (await buyer.PayAsync(order)).ShouldBeProblem(409, "already_paid");
        (await Admin.PostAsync($"/orders/{order}/refunds", new { amount = 4, reason = "x" })).ShouldBe(201).Text("status").ShouldBe("succeeded");
        (await buyer.DeleteAsync($"/orders/{order}")).ShouldBe(200);
        (await Shop.ScalarAsync<decimal>($"SELECT sum(amount) FROM refunds WHERE order_id = {order} AND status = 'succeeded'")).ShouldBe(10m);
        (await Shop.ScalarAsync<long>($"SELECT count(*) FROM sandbox_ledger WHERE order_id = {order}")).ShouldBe(0);
    }

    [Test]
    public async Task Twelve_payments_at_once_charge_once()
    {
        foreach (var _ in Enumerable.Range(0, Rounds.Of(3)))
        {
            var buyer = await Shop.CustomerAsync();
            var order = await buyer.PlaceAsync(await ProductAsync());

            var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => buyer.PayAsync(order)));

            answers.Count(answer => answer.Status == 201).ShouldBe(1);
            answers.Where(answer => answer.Status != 201).ShouldAllBe(answer => answer.Status == 409);
            (await Shop.ChargesAsync(order)).ShouldBe(1);
            (await Shop.StatusAsync(order)).ShouldBe("paid");
        }
    }

    [Test]
    public async Task Cancel_against_pay_ends_in_one_of_the_two_with_money_and_stock_to_match()
    {
        foreach (var round in Enumerable.Range(0, Rounds.Of(8)))
        {
            var buyer = await Shop.CustomerAsync();
            var product = await ProductAsync(stock: 5);
            var order = await buyer.PlaceAsync(product, 2);

            var paying = buyer.PayAsync(order, round % 2 == 0 ? "sandbox_ok" : "sandbox_timeout_charged");
            var cancelling = buyer.DeleteAsync($"/orders/{order}");
            var (paid, cancelled) = (await paying, await cancelling);

            cancelled.ShouldBe(200); // an order that was just paid can be cancelled too
            paid.Status.ShouldBeOneOf(201, 409);
            (await Shop.StatusAsync(order)).ShouldBe("cancelled");
            (await Shop.StockAsync(product)).ShouldBe(5);
            (await Shop.UnitsSoldAsync(product)).ShouldBe(0);
            (await Shop.ScalarAsync<long>($"SELECT count(*) FROM payments WHERE order_id = {order} AND status = 'pending'")).ShouldBe(0);
            await Shop.SettleAsync();
            (await Shop.LedgerAsync(order)).ShouldBe(0m);
        }
    }

    [Test]
    public async Task A_slow_payment_of_an_order_that_is_cancelled_meanwhile_charges_nothing_in_the_end()
    {
        var buyer = await Shop.CustomerAsync();
        var order = await buyer.PlaceAsync(await ProductAsync());

        var paying = buyer.PayAsync(order, "sandbox_slow");
        await Until.TrueAsync(async () => (await Shop.PaymentsAsync(order)).Length > 0);

        (await buyer.PayAsync(order)).ShouldBeProblem(409, "payment_in_progress");
        (await Admin.PutAsync($"/orders/{order}", new { status = "paid" })).ShouldBeProblem(409, "payment_in_progress");
        (await buyer.DeleteAsync($"/orders/{order}")).ShouldBe(200);

        (await paying).ShouldBeProblem(409, "payment_voided");
        (await Shop.PaymentsAsync(order)).ShouldBe("voided");
        (await Shop.LedgerAsync(order)).ShouldBe(0m);
    }

    [Test]
    public async Task A_payment_that_comes_too_late_is_409()
    {
        var clock = new FakeClock();
        await using var shop = await ShopServer.StartAsync(
            new Dictionary<string, string> { ["Shop:PaymentWindow"] = "00:10:00" }, services => services.UseClock(clock));
        var admin = await shop.AdminAsync();
        var product = (await admin.PostAsync("/products", new { name = "Thing", price = 10, stock = 5 })).ShouldBe(201).Id;
        var (early, late) = (await admin.PlaceAsync(product), await admin.PlaceAsync(product));

        clock.Advance(TimeSpan.FromMinutes(9));
        (await admin.PayAsync(early)).ShouldBe(201);
        clock.Advance(TimeSpan.FromMinutes(1));
        (await admin.PayAsync(late)).ShouldBeProblem(409, "order_expired");
        (await shop.ChargesAsync(late)).ShouldBe(0);
    }

    [Test]
    public async Task An_erased_buyers_payments_stay_and_say_nothing_of_them()
    {
        var buyer = await Shop.CustomerAsync();
        var order = await buyer.BuyAsync(await ProductAsync());

        (await buyer.DeleteAsync($"/users/{buyer.UserId}")).ShouldBe(200);

        var row = await Shop.ScalarAsync<string>($"SELECT row_to_json(p)::text FROM payments p WHERE order_id = {order}");
        row.ShouldContain("captured");
        row.ShouldNotContain(buyer.Username);
        (await Admin.PostAsync($"/orders/{order}/refunds", new { reason = "x" })).ShouldBe(201);
    }
}
