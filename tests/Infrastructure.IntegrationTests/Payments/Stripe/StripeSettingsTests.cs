using Microsoft.Extensions.Configuration;

namespace Shop.Infrastructure.IntegrationTests.Payments.Stripe;

[Parallelizable(ParallelScope.All)]
public sealed class StripeSettingsTests
{
    private const string Prefix = "Shop:Payments:Stripe:";

    [Test]
    public void A_secret_key_is_all_that_has_to_be_said()
    {
        var settings = From((Prefix + "SecretKey", " rk_live_1 ")).Stripe.ShouldNotBeNull();

        settings.SecretKey.ShouldBe("rk_live_1");
        settings.BaseUrl.ShouldBe(new Uri("https://api.stripe.com/"));
        settings.WebhookSecrets.ShouldBeEmpty();
        settings.Timeout.ShouldBe(TimeSpan.FromSeconds(10));
        settings.Currency.ShouldBe("EUR");
    }

    [Test]
    public void Everything_can_be_said()
    {
        var settings = From(
            ("Shop:Currency", "CHF"),
            (Prefix + "SecretKey", "sk_test_1"),
            (Prefix + "BaseUrl", "http://localhost:12111/stripe"),
            (Prefix + "WebhookSecrets", "whsec_1, whsec_2,"),
            (Prefix + "Timeout", "00:00:05")).Stripe.ShouldNotBeNull();

        settings.BaseUrl.ShouldBe(new Uri("http://localhost:12111/stripe/"));
        settings.WebhookSecrets.ShouldBe(["whsec_1", "whsec_2"]);
        settings.Timeout.ShouldBe(TimeSpan.FromSeconds(5));
        settings.Currency.ShouldBe("CHF");
    }

    [Test]
    public void A_missing_secret_key_stops_the_start_with_one_line()
    {
        var message = Should.Throw<SettingException>(() => From()).Message;

        message.ShouldStartWith("Shop:Payments:Stripe:SecretKey is missing");
        message.ShouldNotContain("\n");
    }

    [TestCase("SecretKey", "pk_live_secret")]
    [TestCase("SecretKey", "sk live secret")]
    [TestCase("SecretKey", "sk_live_s\u00e9cret")]
    [TestCase("BaseUrl", "api.stripe.com")]
    [TestCase("BaseUrl", "http://api.stripe.com/")]
    [TestCase("BaseUrl", "https://user:secret@api.stripe.com/")]
    [TestCase("BaseUrl", "https://api.stripe.com/?secret")]
    [TestCase("Timeout", "1")]
    [TestCase("Timeout", "00:00:01")]
    [TestCase("Timeout", "00:00:15")]
    [TestCase("Timeout", "soon")]
    public void A_wrong_value_is_refused_by_the_name_of_its_setting_and_not_repeated_where_it_is_secret(string name, string value)
    {
        var message = Should.Throw<SettingException>(() => From((Prefix + "SecretKey", "sk_test_1"), (Prefix + name, value))).Message;

        message.ShouldContain(Prefix + name);
        message.ShouldNotContain("_live_");
        message.ShouldNotContain("live secret");
        message.ShouldNotContain("user:secret");
    }

    [TestCase("sandbox")]
    [TestCase(null)]
    public void Another_provider_needs_none_of_it(string? provider) =>
        From(("Shop:Payments:Provider", provider)).Stripe.ShouldBeNull();

    [Test]
    public void Settings_print_no_secret()
    {
        var settings = From((Prefix + "SecretKey", "sk_test_1"), (Prefix + "WebhookSecrets", "whsec_1"));

        $"{settings.Stripe}".ShouldBe("Stripe at https://api.stripe.com/");
        $"{settings}".ShouldNotContain("sk_test_1");
        $"{settings}".ShouldNotContain("whsec_1");
    }

    private static ShopSettings From(params (string Name, string? Value)[] values)
    {
        var all = new Dictionary<string, string?> { ["Shop:Payments:Provider"] = "Stripe" };
        foreach (var (name, value) in values)
            all[name] = value;
        return ShopSettings.From(new ConfigurationBuilder().AddInMemoryCollection(all).Build(), isDevelopment: true);
    }
}
