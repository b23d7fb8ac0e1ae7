using Shop.Application.Abstractions;
using Shop.Domain.Common;

namespace Shop.Infrastructure.IntegrationTests.Payments.Stripe;

[Parallelizable(ParallelScope.All)]
public sealed class FindTests
{
    [Test]
    public async Task A_payment_is_found_by_its_reference()
    {
        await using var shop = await StripeShop.OpenAsync();
        var payment = await shop.AuthorizeAsync();

        (await shop.FindAsync(payment.Reference)).ShouldBe(payment);

        var sent = shop.Server.Requests.Last();
        (sent.Method, sent.Path, sent.Query["expand[]"]).ShouldBe(("GET", $"/v1/payment_intents/{payment.Reference}", "latest_charge"));
    }

    [Test]
    public async Task A_reference_that_Stripe_does_not_know_is_no_payment()
    {
        await using var shop = await StripeShop.OpenAsync();

        (await shop.FindAsync("pi_no_such")).ShouldBeNull();
    }

    [Test]
    public async Task A_wrong_address_is_not_taken_for_a_missing_payment()
    {
        await using var shop = await StripeShop.OpenAsync();
        shop.Server.Fail(new Fault(Failure.Answer, 404, StripeLedger.Error("invalid_request_error", message: "Unrecognized request URL")));

        await Should.ThrowAsync<PaymentProviderException>(() => shop.FindAsync("pi_00000001"));
    }

    [Test]
    public async Task A_payment_whose_reference_was_never_heard_is_found_by_its_key_over_all_pages()
    {
        await using var shop = await StripeShop.OpenAsync();
        var payment = await shop.AuthorizeAsync();
        await shop.Gateway.CaptureAsync(payment.Reference!, "capture-1", CancellationToken.None);
        for (var i = 0; i < 250; i++)
            shop.Ledger.AddIntent("requires_capture", 100, "eur", [KeyValuePair.Create("shop_payment_key", $"other-{i}")]);

        var found = await shop.FindAsync(null, ago: TimeSpan.FromMinutes(10));

        found.ShouldBe(new GatewayPayment(payment.Reference, GatewayStatus.Captured, Money.From(19.99m), Money.Zero));
        var lists = shop.Server.Requests.Where(request => request.Path == "/v1/payment_intents" && request.Method == "GET").ToList();
        lists.Select(list => list.Query.GetValueOrDefault("starting_after")).ShouldBe([null, "pi_00000152", "pi_00000052"]);
        var askedAt = (shop.Clock.GetUtcNow() - TimeSpan.FromMinutes(10)).ToUnixTimeSeconds();
        lists[0].Query["created[gte]"].ShouldBe($"{askedAt - 300}");
        lists[0].Query["created[lte]"].ShouldBe($"{askedAt + 172_800}");
        lists[0].Query["limit"].ShouldBe("100");
    }

    [Test]
    public async Task A_declined_payment_is_found_declined_and_a_voided_one_owes_nothing()
    {
        await using var shop = await StripeShop.OpenAsync();
        await shop.AuthorizeAsync("pm_card_visa_chargeDeclined", key: "declined");
        var voided = await shop.AuthorizeAsync(key: "voided");
        await shop.Gateway.VoidAsync(voided.Reference!, "void-1", CancellationToken.None);

        var declined = await shop.FindAsync(null, "declined");

        (declined!.Status, declined.DeclineReason).ShouldBe((GatewayStatus.Declined, "generic_decline"));
        (await shop.FindAsync(null, "voided")).ShouldBe(voided with { Status = GatewayStatus.Voided });
    }

    [Test]
    public async Task What_is_not_there_two_minutes_later_was_never_asked_for()
    {
        await using var shop = await StripeShop.OpenAsync();

        (await shop.FindAsync(null, ago: TimeSpan.FromMinutes(2))).ShouldBeNull();
    }

    [Test]
    public async Task What_is_not_there_yet_may_be_under_way()
    {
        await using var shop = await StripeShop.OpenAsync();

        await Should.ThrowAsync<PaymentOutcomeUnknownException>(() => shop.FindAsync(null, ago: TimeSpan.FromSeconds(119)));
    }

    [TestCase(401, typeof(PaymentProviderException))]
    [TestCase(403, typeof(PaymentProviderException))]
    [TestCase(500, typeof(PaymentOutcomeUnknownException))]
    public async Task No_answer_is_not_taken_for_a_missing_payment(int status, Type exception)
    {
        await using var shop = await StripeShop.OpenAsync();
        shop.Server.Fail([.. Enumerable.Repeat(new Fault(Failure.Answer, status, "{}"), 5)]);

        await Should.ThrowAsync(() => shop.FindAsync(null, ago: TimeSpan.FromHours(1)), exception);
    }

    [TestCase("{}")]
    [TestCase("""{"data":[]}""")]
    [TestCase("""{"data":[],"has_more":true}""")]
    [TestCase("""{"data":[{"metadata":{"shop_payment_key":"pay-7-1"}}],"has_more":false}""")]
    public async Task A_list_that_can_not_be_read_is_not_taken_for_a_missing_payment(string body)
    {
        await using var shop = await StripeShop.OpenAsync();
        shop.Server.Fail(new Fault(Failure.Answer, 200, body));

        await Should.ThrowAsync<PaymentOutcomeUnknownException>(() => shop.FindAsync(null, ago: TimeSpan.FromHours(1)));
    }

    [Test]
    public async Task Looking_up_tries_again()
    {
        await using var shop = await StripeShop.OpenAsync();
        var payment = await shop.AuthorizeAsync();
        shop.Server.Fail(new Fault(Failure.Answer, 502, "bad gateway"), new Fault(Failure.Answer, 429, StripeLedger.Error("rate_limit_error")));

        (await shop.FindAsync(payment.Reference)).ShouldBe(payment);
    }
}
