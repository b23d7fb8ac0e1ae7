using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shop.Application.Abstractions;
using Shop.Domain.Common;
using Shop.Infrastructure.Payments.Stripe;

namespace Shop.Infrastructure.IntegrationTests.Payments.Stripe;

[Parallelizable(ParallelScope.All)]
public sealed class WebhookTests
{
    private const string Secret = "whsec_one";
    private const string NextSecret = "whsec_two";

    private const string Captured = """
        {
          "id": "evt_1", "object": "event", "api_version": "2024-06-20", "created": 1772366400, "livemode": false,
          "type": "payment_intent.succeeded",
          "data": {"object": {"id": "pi_1", "object": "payment_intent", "amount": 1999, "metadata": {"shop_payment_key": "pay-7-1"}}}
        }
        """;

    private static readonly StripeClock Clock = new();

    private static readonly long Now = Clock.GetUtcNow().ToUnixTimeSeconds();

    [Test]
    public void A_signed_event_names_its_payment() =>
        Read(Captured, $"t={Now},v1={Sign(Captured)}").Value.ShouldBe(new GatewayEvent("evt_1", "payment_intent.succeeded", "pi_1", "pay-7-1"));

    [TestCase("""{"id":"ch_1","object":"charge","payment_intent":"pi_1","metadata":{"shop_payment_key":"pay-7-1"}}""", "pi_1", "pay-7-1")]
    [TestCase("""{"id":"ch_1","object":"charge","payment_intent":{"id":"pi_1"},"metadata":{}}""", "pi_1", null)]
    [TestCase("""{"id":"ch_1","object":"charge","payment_intent":null,"metadata":null}""", null, null)]
    [TestCase("""{"id":"re_1","object":"refund","payment_intent":"pi_1","metadata":{"shop_refund_key":"refund-1"}}""", "pi_1", null)]
    [TestCase("""{"id":"pi_1","object":"payment_intent","metadata":{"shop_payment_key":7}}""", "pi_1", null)]
    [TestCase("""{"id":"cus_1","object":"customer","metadata":{"shop_payment_key":"pay-7-1"}}""", null, null)]
    [TestCase("""{"object":"balance"}""", null, null)]
    public void Events_of_other_objects_name_the_payment_that_they_belong_to(string about, string? reference, string? key)
    {
        var body = $$"""{"id":"evt_2","type":"some.type","data":{"object":{{about}} ,"previous_attributes":{} } }""";

        Read(body, $"t={Now},v1={Sign(body)}").Value.ShouldBe(new GatewayEvent("evt_2", "some.type", reference, key));
    }

    [Test]
    public void Any_of_several_signatures_and_secrets_will_do()
    {
        Read(Captured, $"t={Now},v1={Sign(Captured, "whsec_old")},v1={Sign(Captured)},v0=abc").IsFailure.ShouldBeFalse();
        Read(Captured, $"t={Now}, v1={Sign(Captured, NextSecret)}").IsFailure.ShouldBeFalse();
    }

    [Test]
    public void The_signature_is_the_documented_one()
    {
        // printf %s '1772366400.{}' | openssl dgst -sha256 -hmac whsec_one
        const string signature = "40bf8f49f46a0748a92e36b2671aad3b9116fb967d5ffa5078e1eec2c71586d7";
        Now.ShouldBe(1_772_366_400);

        Read("{}", $"t=1772366400,v1={signature}").Error!.Code.ShouldBe("stripe_event_invalid");
        Read("{ }", $"t=1772366400,v1={signature}").Error!.Code.ShouldBe("stripe_signature_invalid");
    }

    [TestCase(-300, null)]
    [TestCase(300, null)]
    [TestCase(-301, "stripe_signature_expired")]
    [TestCase(301, "stripe_signature_expired")]
    public void A_signature_is_good_for_300_seconds_either_way(int seconds, string? code) =>
        Read(Captured, $"t={Now + seconds},v1={Sign(Captured, time: Now + seconds)}").Error?.Code.ShouldBe(code);

    [TestCase(null, "stripe_signature_missing")]
    [TestCase("", "stripe_signature_missing")]
    [TestCase("v1=SIGNATURE", "stripe_signature_missing")]
    [TestCase("t=,v1=SIGNATURE", "stripe_signature_missing")]
    [TestCase("t=-1,v1=SIGNATURE", "stripe_signature_missing")]
    [TestCase("t=99999999999999999999,v1=SIGNATURE", "stripe_signature_missing")]
    [TestCase("t=NOW,t=NOW,v1=SIGNATURE", "stripe_signature_missing")]
    [TestCase("t=NOW", "stripe_signature_invalid")]
    [TestCase("t=NOW,v1=", "stripe_signature_invalid")]
    [TestCase("t=NOW,v1=zz", "stripe_signature_invalid")]
    [TestCase("t=NOW,v1=SIGNATURE00", "stripe_signature_invalid")]
    [TestCase("t=NOW,v0=SIGNATURE", "stripe_signature_invalid")]
    [TestCase("t=NOW,V1=SIGNATURE", "stripe_signature_invalid")]
    [TestCase("t=0,v1=SIGNATURE", "stripe_signature_invalid")]
    [TestCase("t=9223372036854775807,v1=SIGNATURE", "stripe_signature_invalid")]
    [TestCase("t=NOW,v1=FORGED", "stripe_signature_invalid")]
    public void A_header_that_proves_nothing_is_refused(string? header, string code)
    {
        var error = Read(Captured, header?
            .Replace("NOW", $"{Now}", StringComparison.Ordinal)
            .Replace("SIGNATURE", Sign(Captured), StringComparison.Ordinal)
            .Replace("FORGED", Sign(Captured, "whsec_forged"), StringComparison.Ordinal)).Error;

        (error!.Kind, error.Code).ShouldBe((ErrorKind.Invalid, code));
    }

    [Test]
    public void The_largest_time_is_too_far_off_even_when_it_is_signed() =>
        Read(Captured, $"t={long.MaxValue},v1={Sign(Captured, time: long.MaxValue)}").Error!.Code.ShouldBe("stripe_signature_expired");

    [Test]
    public void A_body_that_was_changed_is_refused() =>
        Read(Captured.Replace("pi_1", "pi_2", StringComparison.Ordinal), $"t={Now},v1={Sign(Captured)}").Error!.Code.ShouldBe("stripe_signature_invalid");

    [TestCase("")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("{\"id\":\"evt_1\"")]
    [TestCase("""{"type":"x","data":{"object":{}}}""")]
    [TestCase("""{"id":"evt_1","data":{"object":{}}}""")]
    [TestCase("""{"id":"evt_1","type":"x"}""")]
    [TestCase("""{"id":"evt_1","type":"x","data":{"object":null}}""")]
    [TestCase("""{"id":"","type":"x","data":{"object":{}}}""")]
    [TestCase("""{"id":1,"type":"x","data":{"object":{}}}""")]
    [TestCase("""{"id":"evt_\u0000","type":"x","data":{"object":{}}}""")]
    public void A_signed_body_that_is_no_event_is_refused(string body) =>
        Read(body, $"t={Now},v1={Sign(body)}").Error!.Code.ShouldBe("stripe_event_invalid");

    [Test]
    public void Without_a_secret_every_webhook_is_refused() =>
        Read(Captured, $"t={Now},v1={Sign(Captured, "")}", secrets: "").Error!.Code.ShouldBe("stripe_webhooks_not_configured");

    /// <summary>HMAC after RFC 2104 from the hash alone, so that the code under test is not its own witness.</summary>
    private static string Sign(string body, string secret = Secret, long? time = null)
    {
        var key = new byte[64];
        Encoding.UTF8.GetBytes(secret).CopyTo(key, 0);
        var message = Encoding.UTF8.GetBytes($"{time ?? Now}.{body}");
        var inner = SHA256.HashData([.. key.Select(part => (byte)(part ^ 0x36)), .. message]);
        return Convert.ToHexStringLower(SHA256.HashData([.. key.Select(part => (byte)(part ^ 0x5c)), .. inner]));
    }

    private static Result<GatewayEvent> Read(string body, string? header, string secrets = $"{Secret}, {NextSecret}")
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Shop:Payments:Stripe:SecretKey"] = StripeLedger.SecretKey,
            ["Shop:Payments:Stripe:WebhookSecrets"] = secrets,
        }).Build();
        using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(Clock)
            .AddStripe(StripeSettings.From(configuration, "EUR"))
            .BuildServiceProvider();
        return services.GetRequiredService<IPaymentGateway>()
            .ReadWebhook(Encoding.UTF8.GetBytes(body), name => name == "Stripe-Signature" ? header : null);
    }
}
