using Shop.Application.Abstractions;
using Shop.Domain.Common;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Payments;

/// <summary>What a provider does after the shop gave a payment up is undone, told of or not.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class LatePaymentTests
{
    [Test]
    public async Task What_is_charged_after_the_look_up_is_found_and_goes_back_without_a_webhook()
    {
        await using var shop = await FaultyShop.StartAsync();
        var order = await GiveUpAsync(shop);
        await ChargeAsync(shop, order, captures: true);

        await SweepSoonAsync(shop);

        await shop.ShouldStandAsync(order, "placed", "failed", 0);
        (await shop.Server.ChargesAsync(order)).ShouldBe(1);
        (await IsDueAsync(shop, order)).ShouldBeFalse();
        (await shop.Buyer.PayAsync(order)).ShouldBe(201);
        await ShouldBeAsync(shop, order, "paid", "failed captured", ledger: 20);
    }

    [Test]
    public async Task What_is_only_reserved_then_is_let_go()
    {
        await using var shop = await FaultyShop.StartAsync();
        var order = await GiveUpAsync(shop);
        await ChargeAsync(shop, order, captures: false);

        await SweepSoonAsync(shop);

        await shop.ShouldStandAsync(order, "placed", "failed", 0);
        (await shop.Server.ScalarAsync<string>($"SELECT status FROM sandbox_payments WHERE order_id = {order}")).ShouldBe("voided");
        (await IsDueAsync(shop, order)).ShouldBeFalse();
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task What_can_not_be_given_back_at_once_is_owed_until_it_is(bool refuses)
    {
        await using var shop = await FaultyShop.StartAsync();
        var order = await GiveUpAsync(shop);
        await ChargeAsync(shop, order, captures: true);
        shop.Gateway.Before["refund"] = refuses ? FaultyShop.Refused : FaultyShop.Unknown;

        await SweepSoonAsync(shop);
        shop.Clock.Advance(TimeSpan.FromHours(5));
        await shop.Server.SweepAsync();
        await shop.ShouldStandAsync(order, "placed", "failed", 20);
        (await IsDueAsync(shop, order)).ShouldBeTrue("it is owed however long it takes");
        shop.Gateway.Before.Clear();
        await shop.SweepLaterAsync();

        await shop.ShouldStandAsync(order, "placed", "failed", 0);
        (await IsDueAsync(shop, order)).ShouldBeFalse();
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Told_by_a_webhook_when_nobody_looks_any_more_it_is_owed_as_well(bool crashes)
    {
        await using var shop = await FaultyShop.StartAsync();
        var order = await GiveUpAsync(shop);
        await EndAsync(shop, order, "failed");
        await ChargeAsync(shop, order, captures: true);
        shop.Gateway.Before["refund"] = crashes ? FaultyShop.Crash : FaultyShop.Refused;

        var key = await shop.Server.ScalarAsync<string>($"SELECT key FROM payments WHERE order_id = {order}");
        (await PaymentWebhooks.SendAsync(shop.Server.Anonymous(), new { id = "evt_late", type = "payment.captured", key }, shop.Clock.GetUtcNow())).ShouldBe(200);
        await shop.Server.SweepAsync();
        await shop.ShouldStandAsync(order, "placed", "failed", 20);
        (await IsDueAsync(shop, order)).ShouldBeTrue();
        shop.Gateway.Before.Clear();
        await shop.Server.ScalarAsync<long>("DELETE FROM payment_events RETURNING id");
        await shop.SweepLaterAsync();

        await shop.ShouldStandAsync(order, "placed", "failed", 0);
        (await IsDueAsync(shop, order)).ShouldBeFalse();
    }

    [Test]
    public async Task Where_nothing_shows_looking_ends()
    {
        await using var shop = await FaultyShop.StartAsync();
        var order = await GiveUpAsync(shop);

        for (var i = 0; i < 7; i++)
        {
            await shop.SweepLaterAsync();
            (await IsDueAsync(shop, order)).ShouldBeTrue();
        }

        await shop.SweepLaterAsync();
        (await IsDueAsync(shop, order)).ShouldBeFalse();
        await shop.ShouldStandAsync(order, "placed", "failed", 0);
    }

    [Test]
    public async Task Given_up_by_somebody_else_while_it_is_reserved_it_is_not_taken()
    {
        await using var shop = await FaultyShop.StartAsync();
        var order = await shop.PlaceAsync();
        shop.Gateway.Meanwhile["authorize"] = async () =>
        {
            await EndAsync(shop, order, "failed");
            shop.Clock.Advance(TimeSpan.FromSeconds(2));
        };

        (await shop.Buyer.PayAsync(order)).ShouldBeProblem(402, "payment_failed");

        await shop.ShouldStandAsync(order, "placed", "failed", 0);
        (await shop.Server.ChargesAsync(order)).ShouldBe(0);
    }

    [TestCase("authorize")]
    [TestCase("capture")]
    public async Task Given_up_by_somebody_else_at_the_same_moment_what_was_taken_goes_back(string meanwhile)
    {
        await using var shop = await FaultyShop.StartAsync();
        var order = await shop.PlaceAsync();
        shop.Gateway.Meanwhile[meanwhile] = () => EndAsync(shop, order, "failed");

        (await shop.Buyer.PayAsync(order)).ShouldBeProblem(402, "payment_failed");

        await shop.ShouldStandAsync(order, "placed", "failed", 0);
    }

    [Test]
    public async Task Ended_by_somebody_else_while_nobody_could_tell_it_is_never_said_to_be_paid()
    {
        await using var shop = await FaultyShop.StartAsync();
        var (order, key) = (await shop.PlaceAsync(), Paying.NewKey());
        shop.Gateway.Before["authorize"] = FaultyShop.Unknown;
        shop.Gateway.Meanwhile["find"] = () => EndAsync(shop, order, "declined");
        shop.Gateway.After["find"] = FaultyShop.Unknown;

        (await shop.Buyer.PayAsync(order, key: key)).ShouldBe(202).Text("status").ShouldBe("declined");
        (await shop.Buyer.PayAsync(order, key: key)).ShouldBeProblem(402, "payment_declined");
        (await shop.Buyer.PayAsync(order, key: key)).ShouldBeProblem(402, "payment_declined").Header("Idempotent-Replayed").ShouldBe("true");
    }

    /// <summary>A payment that the provider did not know when it was looked up.</summary>
    private static async Task<long> GiveUpAsync(FaultyShop shop)
    {
        var order = await shop.PlaceAsync();
        shop.Gateway.Before["authorize"] = FaultyShop.Unknown;
        (await shop.Buyer.PayAsync(order)).ShouldBeProblem(402, "payment_failed");
        shop.Gateway.Before.Clear();
        return order;
    }

    /// <summary>The request that nobody waits for any more arrives.</summary>
    private static async Task ChargeAsync(FaultyShop shop, long order, bool captures)
    {
        var key = await shop.Server.ScalarAsync<string>($"SELECT key FROM payments WHERE order_id = {order}");
        var reserved = await shop.Gateway.AuthorizeAsync(new GatewayCharge(key, 1, order, Money.From(20), "EUR", "sandbox_ok"), default);
        if (captures)
        {
            await shop.Gateway.CaptureAsync(reserved.Reference!, key + "-capture", default);
        }
    }

    /// <summary>Sweeps as soon as the shop looks again.</summary>
    private static async Task SweepSoonAsync(FaultyShop shop)
    {
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await shop.Server.SweepAsync();
    }

    private static async Task EndAsync(FaultyShop shop, long order, string status) =>
        await shop.Server.ScalarAsync<long>($"UPDATE payments SET status = '{status}', due_at = NULL, version = version + 1 WHERE order_id = {order} RETURNING id");

    private static Task<bool> IsDueAsync(FaultyShop shop, long order) =>
        shop.Server.ScalarAsync<bool>($"SELECT due_at IS NOT NULL FROM payments WHERE order_id = {order}");

    private static async Task ShouldBeAsync(FaultyShop shop, long order, string status, string payments, decimal ledger)
    {
        (await shop.Server.StatusAsync(order)).ShouldBe(status);
        (await shop.Server.PaymentsAsync(order)).ShouldBe(payments);
        (await shop.Server.LedgerAsync(order)).ShouldBe(ledger);
        await shop.Server.ShouldBalanceAsync();
    }
}
