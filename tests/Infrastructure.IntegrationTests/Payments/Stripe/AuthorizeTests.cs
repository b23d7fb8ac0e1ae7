using Shop.Application.Abstractions;
using Shop.Domain.Common;

namespace Shop.Infrastructure.IntegrationTests.Payments.Stripe;

[Parallelizable(ParallelScope.All)]
public sealed class AuthorizeTests
{
    [Test]
    public async Task A_payment_is_reserved_and_not_taken()
    {
        await using var shop = await StripeShop.OpenAsync();

        var payment = await shop.AuthorizeAsync();

        payment.ShouldBe(new GatewayPayment("pi_00000001", GatewayStatus.Authorized, Money.From(19.99m), Money.Zero));
        ((string?)shop.Ledger.Intents.Single()["status"]).ShouldBe("requires_capture");
    }

    [Test]
    public async Task What_is_sent_is_what_the_API_documents()
    {
        await using var shop = await StripeShop.OpenAsync();

        await shop.AuthorizeAsync();

        var sent = shop.Sent;
        (sent.Method, sent.Path).ShouldBe(("POST", "/v1/payment_intents"));
        sent.Query.ShouldBeEmpty();
        sent.Headers["Authorization"].ShouldBe($"Bearer {StripeLedger.SecretKey}");
        sent.Headers["Stripe-Version"].ShouldBe("2024-06-20");
        sent.Headers["Idempotency-Key"].ShouldBe("pay-7-1");
        sent.Headers["Content-Type"].ShouldBe("application/x-www-form-urlencoded");
        sent.Form.ShouldBe(
            new Dictionary<string, string>
            {
                ["amount"] = "1999",
                ["currency"] = "eur",
                ["payment_method"] = "pm_card_visa",
                ["payment_method_types[]"] = "card",
                ["capture_method"] = "manual",
                ["confirm"] = "true",
                ["error_on_requires_action"] = "true",
                ["metadata[shop_payment_key]"] = "pay-7-1",
                ["metadata[shop_payment_id]"] = "7",
                ["metadata[shop_order_id]"] = "42",
                ["expand[]"] = "latest_charge",
            },
            ignoreOrder: true);
    }

    [TestCase("EUR", 0.01, "1")]
    [TestCase("EUR", 0.07, "7")]
    [TestCase("EUR", 1.10, "110")]
    [TestCase("USD", 999_999.99, "99999999")]
    [TestCase("MGA", 500, "500")]
    public async Task Amounts_are_exact_in_the_smallest_unit(string currency, decimal amount, string units)
    {
        await using var shop = await StripeShop.OpenAsync();

        (await shop.AuthorizeAsync(amount: amount, currency: currency)).Amount.ShouldBe(Money.From(amount));

        shop.Sent.Form["amount"].ShouldBe(units);
    }

    [Test]
    public async Task Decimals_that_a_currency_lacks_at_Stripe_are_never_rounded_away()
    {
        await using var shop = await StripeShop.OpenAsync();

        await Should.ThrowAsync<PaymentProviderException>(() => shop.AuthorizeAsync(amount: 1.50m, currency: "MGA"));

        shop.Server.Requests.ShouldBeEmpty();
    }

    [TestCase("pm_card_visa_chargeDeclined", "generic_decline")]
    [TestCase("pm_card_visa_chargeDeclinedInsufficientFunds", "insufficient_funds")]
    [TestCase("pm_card_chargeDeclinedExpiredCard", "expired_card")]
    [TestCase("pm_card_authenticationRequired", "authentication_required")]
    public async Task A_decline_is_an_answer_with_its_reason(string method, string reason)
    {
        await using var shop = await StripeShop.OpenAsync();

        var payment = await shop.AuthorizeAsync(method);

        payment.ShouldBe(new GatewayPayment("pi_00000001", GatewayStatus.Declined, Money.From(19.99m), Money.Zero, reason));
        shop.Server.Requests.Count.ShouldBe(1);
        (await shop.FindAsync(payment.Reference)).ShouldBe(payment);
    }

    [Test]
    public async Task A_decline_that_names_no_payment_has_to_be_looked_up()
    {
        await using var shop = await StripeShop.OpenAsync();
        shop.Server.Fail(new Fault(Failure.Answer, 402, StripeLedger.Error("card_error", "card_declined")));

        await Should.ThrowAsync<PaymentOutcomeUnknownException>(() => shop.AuthorizeAsync());
    }

    [Test]
    public async Task A_method_that_does_not_exist_is_declined_and_makes_no_payment()
    {
        await using var shop = await StripeShop.OpenAsync();

        var payment = await shop.AuthorizeAsync("pm_no_such");

        payment.ShouldBe(new GatewayPayment(Reference: null, GatewayStatus.Declined, Money.From(19.99m), Money.Zero, "resource_missing"));
        shop.Ledger.Intents.ShouldBeEmpty();
    }

    [TestCase("""{"error":{"type":"invalid_request_error","code":"resource_missing","param":"payment_method"}}""", "resource_missing")]
    [TestCase("""{"error":{"type":"invalid_request_error","param":"payment_method"}}""", "declined")]
    [TestCase("""{"error":{"type":"invalid_request_error","code":"payment_intent_invalid_parameter","param":"payment_method"}}""", "payment_intent_invalid_parameter")]
    public async Task A_refusal_of_the_method_is_a_decline(string body, string reason)
    {
        await using var shop = await StripeShop.OpenAsync();
        shop.Server.Fail(new Fault(Failure.Answer, 400, body));

        var payment = await shop.AuthorizeAsync();

        (payment.Status, payment.Reference, payment.DeclineReason).ShouldBe((GatewayStatus.Declined, null, reason));
    }

    [TestCase("""{"error":{"type":"invalid_request_error","code":"resource_missing","param":"customer"}}""")]
    [TestCase("""{"error":{"type":"invalid_request_error","code":"parameter_unknown"}}""")]
    public async Task A_refusal_of_anything_else_is_the_shops_fault_and_no_decline(string body)
    {
        await using var shop = await StripeShop.OpenAsync();
        shop.Server.Fail(new Fault(Failure.Answer, 400, body));

        (await Should.ThrowAsync<PaymentProviderException>(() => shop.AuthorizeAsync())).Message.ShouldContain("req_1");
    }

    [Test]
    public async Task A_method_that_is_refused_after_a_try_that_may_have_gone_through_is_no_decline()
    {
        await using var shop = await StripeShop.OpenAsync();
        shop.Server.Fail(
            new Fault(Failure.AnswerAfter, 500, StripeLedger.Error("api_error")),
            new Fault(Failure.Answer, 400, """{"error":{"type":"invalid_request_error","code":"resource_missing","param":"payment_method"}}"""));

        await Should.ThrowAsync<PaymentOutcomeUnknownException>(() => shop.AuthorizeAsync());
    }

    [Test]
    public async Task The_same_key_is_one_payment_however_often_it_is_sent()
    {
        await using var shop = await StripeShop.OpenAsync();

        var payments = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => shop.AuthorizeAsync()));

        payments.Distinct().ShouldHaveSingleItem();
        shop.Ledger.Intents.Count.ShouldBe(1);
    }

    [Test]
    public async Task A_key_that_was_used_for_another_amount_leaves_the_outcome_unknown()
    {
        await using var shop = await StripeShop.OpenAsync();
        await shop.AuthorizeAsync(amount: 10m);

        var refusal = await Should.ThrowAsync<PaymentOutcomeUnknownException>(() => shop.AuthorizeAsync(amount: 20m));

        refusal.Message.ShouldContain("idempotency_error");
        shop.Ledger.Intents.Count.ShouldBe(1);
    }

    [TestCase("requires_capture", GatewayStatus.Authorized)]
    [TestCase("succeeded", GatewayStatus.Captured)]
    [TestCase("canceled", GatewayStatus.Voided)]
    [TestCase("requires_payment_method", GatewayStatus.Pending)]
    [TestCase("requires_confirmation", GatewayStatus.Pending)]
    [TestCase("requires_action", GatewayStatus.Pending)]
    [TestCase("processing", GatewayStatus.Pending)]
    public async Task Every_documented_status_has_its_meaning(string status, GatewayStatus meaning)
    {
        await using var shop = await StripeShop.OpenAsync();
        shop.Server.Fail(new Fault(Failure.Answer, 200, $$"""
            {"id":"pi_1","amount":500,"amount_received":500,"currency":"eur","status":"{{status}}","latest_charge":{"id":"ch_1","amount_refunded":0},"new_member":[1]}
            """));

        var payment = await shop.AuthorizeAsync();

        payment.ShouldBe(new GatewayPayment("pi_1", meaning, Money.From(5m), Money.Zero));
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("<html>")]
    [TestCase("{}")]
    [TestCase("""{"amount":500,"currency":"eur","status":"requires_capture"}""")]
    [TestCase("""{"id":"pi_1","currency":"eur","status":"requires_capture"}""")]
    [TestCase("""{"id":"pi_1","amount":"500","currency":"eur","status":"requires_capture"}""")]
    [TestCase("""{"id":"pi_1","amount":-1,"currency":"eur","status":"requires_capture"}""")]
    [TestCase("""{"id":"pi_1","amount":500,"status":"requires_capture"}""")]
    [TestCase("""{"id":"pi_1","amount":500,"currency":"eur"}""")]
    [TestCase("""{"id":"pi_1","amount":500,"currency":"eur","status":"brand_new"}""")]
    [TestCase("""{"id":"pi_1","amount":500,"currency":"eur","status":"succeeded","latest_charge":{"amount_refunded":0}}""")]
    [TestCase("""{"id":"pi_1","amount":500,"amount_received":500,"currency":"eur","status":"succeeded","latest_charge":"ch_1"}""")]
    [TestCase("""{"id":"pi_1","amount":500,"amount_received":500,"currency":"eur","status":"succeeded","latest_charge":{"amount_refunded":"0"}}""")]
    public async Task A_success_that_does_not_say_what_was_done_is_an_unknown_outcome(string body)
    {
        await using var shop = await StripeShop.OpenAsync();
        shop.Server.Fail(new Fault(Failure.Answer, 200, body));

        await Should.ThrowAsync<PaymentOutcomeUnknownException>(() => shop.AuthorizeAsync());
    }
}
