using Shop.Application.Abstractions;
using Shop.Domain.Common;

namespace Shop.Infrastructure.IntegrationTests.Payments.Stripe;

/// <summary>Taking and letting go of what was reserved.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class MoveTests
{
    private static readonly Money Price = Money.From(19.99m);

    [Test]
    public async Task What_was_reserved_is_taken_whole()
    {
        await using var shop = await StripeShop.OpenAsync();
        var payment = await shop.AuthorizeAsync();

        var captured = await shop.Gateway.CaptureAsync(payment.Reference!, "capture-1", CancellationToken.None);

        captured.ShouldBe(new GatewayPayment(payment.Reference, GatewayStatus.Captured, Price, Money.Zero));
        var sent = shop.Server.Requests.Last();
        sent.Path.ShouldBe($"/v1/payment_intents/{payment.Reference}/capture");
        sent.Headers["Idempotency-Key"].ShouldBe("capture-1");
        sent.Form.ShouldBe(new Dictionary<string, string> { ["expand[]"] = "latest_charge" });
    }

    [Test]
    public async Task What_was_reserved_is_let_go()
    {
        await using var shop = await StripeShop.OpenAsync();
        var payment = await shop.AuthorizeAsync();

        var voided = await shop.Gateway.VoidAsync(payment.Reference!, "void-1", CancellationToken.None);

        voided.ShouldBe(new GatewayPayment(payment.Reference, GatewayStatus.Voided, Price, Money.Zero));
        var sent = shop.Server.Requests.Last();
        sent.Path.ShouldBe($"/v1/payment_intents/{payment.Reference}/cancel");
        sent.Headers["Idempotency-Key"].ShouldBe("void-1");
    }

    [Test]
    public async Task Taking_again_under_another_key_answers_that_it_is_taken()
    {
        await using var shop = await StripeShop.OpenAsync();
        var reference = await shop.CapturedAsync();

        (await shop.Gateway.CaptureAsync(reference, "capture-2", CancellationToken.None)).Status.ShouldBe(GatewayStatus.Captured);
    }

    [Test]
    public async Task Letting_go_again_under_another_key_answers_that_it_is_gone()
    {
        await using var shop = await StripeShop.OpenAsync();
        var payment = await shop.AuthorizeAsync();
        await shop.Gateway.VoidAsync(payment.Reference!, "void-1", CancellationToken.None);

        (await shop.Gateway.VoidAsync(payment.Reference!, "void-2", CancellationToken.None)).Status.ShouldBe(GatewayStatus.Voided);
    }

    [Test]
    public async Task What_is_taken_can_not_be_let_go()
    {
        await using var shop = await StripeShop.OpenAsync();
        var reference = await shop.CapturedAsync();

        var refusal = await Should.ThrowAsync<PaymentProviderException>(() => shop.Gateway.VoidAsync(reference, "void-1", CancellationToken.None));

        refusal.Message.ShouldContain("payment_intent_unexpected_state");
        (await shop.FindAsync(reference))!.Status.ShouldBe(GatewayStatus.Captured);
    }

    [Test]
    public async Task What_is_gone_can_not_be_taken()
    {
        await using var shop = await StripeShop.OpenAsync();
        var payment = await shop.AuthorizeAsync();
        await shop.Gateway.VoidAsync(payment.Reference!, "void-1", CancellationToken.None);

        await Should.ThrowAsync<PaymentProviderException>(() => shop.Gateway.CaptureAsync(payment.Reference!, "capture-1", CancellationToken.None));
    }

    [Test]
    public async Task A_payment_that_does_not_exist_is_refused()
    {
        await using var shop = await StripeShop.OpenAsync();

        await Should.ThrowAsync<PaymentProviderException>(() => shop.Gateway.CaptureAsync("pi_no_such", "capture-1", CancellationToken.None));
    }

    [Test]
    public async Task A_capture_that_went_through_unheard_is_heard_at_the_next_try()
    {
        await using var shop = await StripeShop.OpenAsync();
        var payment = await shop.AuthorizeAsync();
        shop.Server.Fail(new Fault(Failure.DropAfter));

        var captured = await shop.Gateway.CaptureAsync(payment.Reference!, "capture-1", CancellationToken.None);

        captured.Status.ShouldBe(GatewayStatus.Captured);
        shop.Server.Requests.Count.ShouldBe(3);
    }
}
