using Shop.Application.Abstractions;
using Shop.Domain.Common;

namespace Shop.Infrastructure.IntegrationTests.Payments.Stripe;

[Parallelizable(ParallelScope.All)]
public sealed class RefundTests
{
    [Test]
    public async Task Money_is_given_back_in_parts()
    {
        await using var shop = await StripeShop.OpenAsync();
        var reference = await shop.CapturedAsync();

        var refund = await RefundAsync(shop, reference, 5.01m, "refund-1");

        refund.ShouldBe(new GatewayRefund("re_00000001", GatewayRefundStatus.Done, Money.From(5.01m)));
        var sent = shop.Server.Requests.Last();
        (sent.Method, sent.Path).ShouldBe(("POST", "/v1/refunds"));
        sent.Headers["Idempotency-Key"].ShouldBe("refund-1");
        sent.Form.ShouldBe(
            new Dictionary<string, string> { ["payment_intent"] = reference, ["amount"] = "501", ["metadata[shop_refund_key]"] = "refund-1" },
            ignoreOrder: true);
        await RefundAsync(shop, reference, 14.98m, "refund-2");
        (await shop.FindAsync(reference)).ShouldBe(new GatewayPayment(reference, GatewayStatus.Captured, Money.From(19.99m), Money.From(19.99m)));
    }

    [Test]
    public async Task More_than_is_left_is_refused()
    {
        await using var shop = await StripeShop.OpenAsync();
        var reference = await shop.CapturedAsync();
        await RefundAsync(shop, reference, 10m, "refund-1");

        await Should.ThrowAsync<PaymentProviderException>(() => RefundAsync(shop, reference, 10m, "refund-2"));

        (await shop.FindAsync(reference))!.Refunded.ShouldBe(Money.From(10m));
    }

    [Test]
    public async Task A_refund_that_went_through_unheard_gives_back_once()
    {
        await using var shop = await StripeShop.OpenAsync();
        var reference = await shop.CapturedAsync();
        shop.Server.Fail(new Fault(Failure.AnswerAfter, 503, "unavailable"));

        (await RefundAsync(shop, reference, 10m, "refund-1")).Status.ShouldBe(GatewayRefundStatus.Done);

        shop.Ledger.Refunds.Count.ShouldBe(1);
    }

    [TestCase("succeeded", GatewayRefundStatus.Done)]
    [TestCase("pending", GatewayRefundStatus.Pending)]
    [TestCase("requires_action", GatewayRefundStatus.Pending)]
    [TestCase("failed", GatewayRefundStatus.Failed)]
    [TestCase("canceled", GatewayRefundStatus.Failed)]
    public async Task Every_documented_status_has_its_meaning(string status, GatewayRefundStatus meaning)
    {
        await using var shop = await StripeShop.OpenAsync();
        var reference = await shop.CapturedAsync();
        shop.Ledger.RefundStatus = status;

        (await RefundAsync(shop, reference, 1m, "refund-1")).Status.ShouldBe(meaning);

        (await shop.Gateway.FindRefundAsync(reference, "refund-1", CancellationToken.None))!.Status.ShouldBe(meaning);
    }

    [TestCase("{}")]
    [TestCase("""{"id":"re_1","amount":100,"currency":"eur","status":null}""")]
    [TestCase("""{"id":"re_1","currency":"eur","status":"succeeded"}""")]
    public async Task A_success_that_does_not_say_what_was_done_is_an_unknown_outcome(string body)
    {
        await using var shop = await StripeShop.OpenAsync();
        var reference = await shop.CapturedAsync();
        shop.Server.Fail(new Fault(Failure.Answer, 200, body));

        await Should.ThrowAsync<PaymentOutcomeUnknownException>(() => RefundAsync(shop, reference, 1m, "refund-1"));
    }

    [Test]
    public async Task A_refund_is_found_by_its_key_over_all_pages()
    {
        await using var shop = await StripeShop.OpenAsync();
        var reference = await shop.CapturedAsync();
        for (var i = 0; i < 101; i++)
            await RefundAsync(shop, reference, 0.01m, $"refund-{i}");

        var refund = await shop.Gateway.FindRefundAsync(reference, "refund-0", CancellationToken.None);

        refund.ShouldBe(new GatewayRefund("re_00000001", GatewayRefundStatus.Done, Money.From(0.01m)));
        var sent = shop.Server.Requests.Last();
        (sent.Method, sent.Path).ShouldBe(("GET", "/v1/refunds"));
        sent.Query.ShouldBe(
            new Dictionary<string, string> { ["limit"] = "100", ["payment_intent"] = reference, ["starting_after"] = "re_00000002" },
            ignoreOrder: true);
        sent.Headers.Keys.ShouldNotContain("Idempotency-Key");
    }

    [Test]
    public async Task A_refund_or_payment_that_Stripe_does_not_know_is_none()
    {
        await using var shop = await StripeShop.OpenAsync();
        var reference = await shop.CapturedAsync();

        (await shop.Gateway.FindRefundAsync(reference, "refund-1", CancellationToken.None)).ShouldBeNull();
        (await shop.Gateway.FindRefundAsync("pi_no_such", "refund-1", CancellationToken.None)).ShouldBeNull();
    }

    private static Task<GatewayRefund> RefundAsync(StripeShop shop, string reference, decimal amount, string key) =>
        shop.Gateway.RefundAsync(reference, Money.From(amount), key, CancellationToken.None);
}
