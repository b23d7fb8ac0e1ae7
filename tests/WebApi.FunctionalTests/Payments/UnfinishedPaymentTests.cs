using Microsoft.Extensions.DependencyInjection;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Payments;

/// <summary>Whatever breaks while an order is paid, it ends in exactly one of two: paid and charged once, or open and nothing charged.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class UnfinishedPaymentTests
{
    [TestCase("before", "authorize", "placed", "failed", 0)]
    [TestCase("after", "authorize", "paid", "captured", 20)]
    [TestCase("before", "capture", "paid", "captured", 20)]
    [TestCase("after", "capture", "paid", "captured", 20)]
    public async Task What_a_crash_left_open_the_sweeper_finishes(string when, string call, string status, string payment, int ledger)
    {
        await using var shop = await FaultyShop.StartAsync();
        var (order, key) = (await shop.PlaceAsync(), Paying.NewKey());
        var faults = when == "before" ? shop.Gateway.Before : shop.Gateway.After;
        faults[call] = FaultyShop.Crash;
        (await shop.Buyer.PayAsync(order, key: key)).ShouldBe(500);
        faults.Clear();

        await shop.Server.SweepAsync();
        (await shop.Server.PaymentsAsync(order)).ShouldBe("pending", "somebody may still be at it");
        await shop.SweepLaterAsync();

        await shop.ShouldStandAsync(order, status, payment, ledger);
        await shop.SweepLaterAsync();
        await shop.ShouldStandAsync(order, status, payment, ledger);
        var again = await shop.Buyer.PayAsync(order, key: key);
        _ = status == "paid" ? again.ShouldBe(201) : again.ShouldBeProblem(402, "payment_failed");
        await shop.ShouldStandAsync(order, status, payment, ledger);
    }

    [Test]
    public async Task After_a_crash_the_same_key_gets_the_real_outcome_without_a_sweeper()
    {
        await using var shop = await FaultyShop.StartAsync();
        var (order, key) = (await shop.PlaceAsync(), Paying.NewKey());
        shop.Gateway.After["capture"] = FaultyShop.Crash;
        (await shop.Buyer.PayAsync(order, key: key)).ShouldBe(500);
        shop.Gateway.After.Clear();

        (await shop.Buyer.PayAsync(order, key: key)).ShouldBeProblem(409, "idempotency_in_flight").Header("Retry-After").ShouldNotBeNull();
        shop.Clock.Advance(TimeSpan.FromSeconds(31));
        var paid = (await shop.Buyer.PayAsync(order, key: key)).ShouldBe(201);

        (await shop.Buyer.PayAsync(order, key: key)).ShouldBe(201).Body.ShouldBe(paid.Body);
        await shop.ShouldStandAsync(order, "paid", "captured", 20);
    }

    [Test]
    public async Task While_nobody_can_tell_it_is_202_and_the_key_gets_the_outcome_later()
    {
        await using var shop = await FaultyShop.StartAsync();
        var (order, key) = (await shop.PlaceAsync(), Paying.NewKey());
        shop.Gateway.After["capture"] = FaultyShop.Unknown;
        shop.Gateway.Before["find"] = FaultyShop.Unknown;

        var pending = (await shop.Buyer.PayAsync(order, key: key)).ShouldBe(202);

        pending.Text("status").ShouldBe("pending");
        (await shop.Buyer.GetAsync(pending.Header("Location")!)).ShouldBe(200);
        (await shop.Buyer.PayAsync(order)).ShouldBeProblem(409, "payment_in_progress");
        (await shop.Buyer.PayAsync(order, key: key)).ShouldBeProblem(409, "idempotency_in_flight");
        await shop.SweepLaterAsync();
        await shop.ShouldStandAsync(order, "placed", "pending", 20);
        shop.Gateway.Before.Clear();
        await shop.SweepLaterAsync();
        await shop.ShouldStandAsync(order, "paid", "captured", 20);
        (await shop.Buyer.PayAsync(order, key: key)).ShouldBe(201).Id.ShouldBe(pending.Id);
    }

    [Test]
    public async Task A_provider_that_refuses_is_503_and_the_key_is_free_for_another_try()
    {
        await using var shop = await FaultyShop.StartAsync();
        var (order, key) = (await shop.PlaceAsync(), Paying.NewKey());
        shop.Gateway.Before["authorize"] = FaultyShop.Refused;

        (await shop.Buyer.PayAsync(order, key: key)).ShouldBeProblem(503, "payment_provider_unavailable");
        await shop.ShouldStandAsync(order, "placed", "failed", 0);
        shop.Gateway.Before.Clear();

        (await shop.Buyer.PayAsync(order, key: key)).ShouldBe(201);
        await shop.ShouldStandAsync(order, "paid", "failed captured", 20);
    }

    [Test]
    public async Task What_is_reserved_and_can_not_be_taken_is_let_go()
    {
        await using var shop = await FaultyShop.StartAsync();
        var order = await shop.PlaceAsync();
        shop.Gateway.Before["capture"] = FaultyShop.Refused;

        (await shop.Buyer.PayAsync(order)).ShouldBeProblem(402, "payment_failed");

        await shop.ShouldStandAsync(order, "placed", "voided", 0);
    }

    [TestCase("authorize", "voided")]
    [TestCase("capture", "captured")]
    public async Task An_order_that_was_cancelled_meanwhile_costs_nothing(string call, string payment)
    {
        await using var shop = await FaultyShop.StartAsync();
        var order = await shop.PlaceAsync();
        shop.Gateway.After[call] = FaultyShop.Crash;
        (await shop.Buyer.PayAsync(order)).ShouldBe(500);
        (await shop.Buyer.DeleteAsync($"/orders/{order}")).ShouldBe(200);
        shop.Gateway.After.Clear();

        await shop.SweepLaterAsync();
        await shop.SweepLaterAsync();

        await shop.ShouldStandAsync(order, "cancelled", payment, 0);
    }

    [Test]
    public async Task Two_nodes_that_sweep_at_once_charge_once()
    {
        await using var shop = await FaultyShop.StartAsync();
        var order = await shop.PlaceAsync();
        shop.Gateway.Before["capture"] = FaultyShop.Crash;
        (await shop.Buyer.PayAsync(order)).ShouldBe(500);
        await using var node = shop.Server.StartSecondNode();
        node.Services.GetRequiredService<Application.Abstractions.IPaymentGateways>().Current.ShouldNotBeNull();
        shop.Gateway.Before.Clear();
        shop.Clock.Advance(TimeSpan.FromMinutes(1));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? node : shop.Server).SweepAsync()));

        await shop.ShouldStandAsync(order, "paid", "captured", 20);
    }

    [Test]
    public async Task What_is_charged_after_it_was_given_up_goes_back_when_the_provider_says_so()
    {
        await using var shop = await FaultyShop.StartAsync();
        var order = await shop.PlaceAsync();
        shop.Gateway.After["capture"] = FaultyShop.Unknown;
        shop.Gateway.Before["find"] = FaultyShop.Unknown;
        (await shop.Buyer.PayAsync(order)).ShouldBe(202);
        await shop.Server.ScalarAsync<long>($"UPDATE payments SET status = 'failed', due_at = NULL WHERE order_id = {order} RETURNING id");
        shop.Gateway.After.Clear();
        shop.Gateway.Before.Clear();

        var key = await shop.Server.ScalarAsync<string>($"SELECT key FROM payments WHERE order_id = {order}");
        (await PaymentWebhooks.SendAsync(shop.Server.Anonymous(), new { id = "evt_late", type = "payment.captured", key }, shop.Clock.GetUtcNow())).ShouldBe(200);
        await shop.Server.SweepAsync();

        await shop.ShouldStandAsync(order, "placed", "failed", 0);
        (await shop.Server.ChargesAsync(order)).ShouldBe(1);
    }
}
