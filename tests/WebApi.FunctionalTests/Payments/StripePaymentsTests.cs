using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Shop.Infrastructure.IntegrationTests.Payments.Stripe;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Payments;

/// <summary>A whole shop that is paid through Stripe, by a server that speaks its API.</summary>
public sealed class StripePaymentsTests
{
    private const string WebhookSecret = "whsec_of_the_test";
    private const string Path = "/payments/webhooks/stripe";

    private StripeServer _stripe = null!;
    private ShopServer _shop = null!;
    private Actor _admin = null!;

    [SetUp]
    public async Task Start()
    {
        _stripe = await StripeServer.StartAsync(TimeProvider.System);
        _shop = await ShopServer.StartAsync(
            new Dictionary<string, string>
            {
                ["Shop:Payments:Provider"] = "stripe",
                ["Shop:Payments:Stripe:SecretKey"] = StripeLedger.SecretKey,
                ["Shop:Payments:Stripe:BaseUrl"] = _stripe.Address,
                ["Shop:Payments:Stripe:WebhookSecrets"] = WebhookSecret,
            },
            services => services.WithoutSweeper());
        _admin = await _shop.AdminAsync();
    }

    [TearDown]
    public async Task Stop()
    {
        await _shop.DisposeAsync();
        await _stripe.DisposeAsync();
    }

    [Test]
    public async Task An_order_is_paid_and_given_back_in_parts()
    {
        var order = await PlaceAsync();

        var paid = (await _admin.PayAsync(order, "pm_card_visa")).ShouldBe(201);
        paid.Text("status").ShouldBe("captured");
        paid.Text("provider").ShouldBe("stripe");
        paid.Text("provider_reference").ShouldBe((string?)_stripe.Ledger.Intents.ShouldHaveSingleItem()["id"]);
        ((long)_stripe.Ledger.Intents[0]["amount_received"]!).ShouldBe(2_000);

        (await _admin.PostAsync($"/orders/{order}/refunds", new { amount = 4.5m, reason = "late" })).ShouldBe(201).Text("status").ShouldBe("succeeded");
        (await _shop.StatusAsync(order)).ShouldBe("paid");
        (await _admin.PostAsync($"/orders/{order}/refunds", new { reason = "broken" })).ShouldBe(201).Amount("amount").ShouldBe(15.5m);
        (await _shop.StatusAsync(order)).ShouldBe("refunded");
        _stripe.Ledger.Refunds.Select(refund => (long)refund["amount"]!).ShouldBe([450, 1_550]);
        await _shop.ShouldBalanceAsync();
    }

    [TestCase("pm_card_visa_chargeDeclined")]
    [TestCase("pm_no_such")]
    public async Task What_is_declined_or_unknown_to_Stripe_is_402_and_another_card_pays(string method)
    {
        var order = await PlaceAsync();

        (await _admin.PayAsync(order, method)).ShouldBeProblem(402, "payment_declined");
        (await _shop.StatusAsync(order)).ShouldBe("placed");
        (await _admin.PayAsync(order, "pm_card_visa")).ShouldBe(201);

        (await _shop.PaymentsAsync(order)).ShouldBe("declined captured");
        await _shop.ShouldBalanceAsync();
    }

    [Test]
    public async Task A_cancelled_order_gets_its_money_back()
    {
        var order = await PlaceAsync();
        (await _admin.PayAsync(order, "pm_card_visa")).ShouldBe(201);

        (await _admin.DeleteAsync($"/orders/{order}")).ShouldBe(200).Text("status").ShouldBe("cancelled");

        ((long)_stripe.Ledger.Refunds.ShouldHaveSingleItem()["amount"]!).ShouldBe(2_000);
        await _shop.ShouldBalanceAsync();
    }

    [Test]
    public async Task What_only_Stripe_knows_of_a_signed_webhook_tells_and_a_forged_one_does_not()
    {
        var order = await PlaceAsync();
        Fault broken = new(Failure.AnswerAfter, 500, "{}", ("Stripe-Should-Retry", "false"));
        _stripe.Fail(broken, broken);
        (await _admin.PayAsync(order, "pm_card_visa")).ShouldBe(202);
        var intent = _stripe.Ledger.Intents.ShouldHaveSingleItem();
        (intent["status"], intent["amount_received"]) = ("succeeded", 2_000);
        var body = $$"""
            {
              "id": "evt_1",  "object": "event", "type": "payment_intent.succeeded",
              "data": { "object": { "id": "{{intent["id"]}}", "object": "payment_intent", "metadata": {{intent["metadata"]!.ToJsonString()}} } }
            }
            """;

        (await SendAsync(body, "whsec_of_somebody_else")).ShouldBeProblem(400, "stripe_signature_invalid");
        await _shop.SweepAsync();
        (await _shop.StatusAsync(order)).ShouldBe("placed");
        (await SendAsync(body, WebhookSecret)).ShouldBe(200);
        (await SendAsync(body, WebhookSecret)).ShouldBe(200);
        await _shop.SweepAsync();

        (await _shop.StatusAsync(order)).ShouldBe("paid");
        (await _shop.PaymentsAsync(order)).ShouldBe("captured");
        (await _shop.ScalarAsync<long>("SELECT count(*) FROM payment_events")).ShouldBe(1);
        await _shop.ShouldBalanceAsync();
    }

    private async Task<long> PlaceAsync() =>
        await _admin.PlaceAsync((await _admin.PostAsync("/products", new { name = "Thing", price = 10, stock = 5 })).ShouldBe(201).Id, 2);

    private Task<Answer> SendAsync(string text, string secret)
    {
        var time = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{time}.{text}")));
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json; charset=utf-8");
        return _shop.Anonymous().PostAsync(Path, content, ("Stripe-Signature", $"t={time},v1={signature}"));
    }
}
