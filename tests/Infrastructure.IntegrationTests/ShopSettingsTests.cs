using Microsoft.Extensions.Configuration;

namespace Shop.Infrastructure.IntegrationTests;

[Parallelizable(ParallelScope.All)]
public sealed class ShopSettingsTests
{
    [TestCase("Shop:Currency", "XXQ")]
    [TestCase("Shop:Currency", "eur")]
    [TestCase("Shop:Currency", "JPY")]
    [TestCase("Shop:Currency", "KWD")]
    [TestCase("Shop:PaymentWindow", "30")]
    [TestCase("Shop:PaymentWindow", "00:00:00")]
    [TestCase("Shop:PaymentWindow", "-00:30:00")]
    [TestCase("Shop:PaymentWindow", "soon")]
    [TestCase("Shop:Admin:Email", "nobody")]
    [TestCase("Shop:Admin:Email", "a b@example.org")]
    [TestCase("Shop:Admin:Password", "short")]
    [TestCase("Shop:Database", "Oracle")]
    [TestCase("Shop:RateLimits:Enabled", "maybe")]
    [TestCase("Shop:Cache:Enabled", "neither")]
    [TestCase("Shop:Cors:Origins", "https://example.org/path")]
    [TestCase("Shop:Outbox:Retention", "23:59:59")]
    [TestCase("Shop:Outbox:Retention", "a week")]
    public void A_wrong_value_is_refused_by_the_name_of_its_setting(string name, string value) =>
        Should.Throw<SettingException>(() => From(name, value)).Message.ShouldContain(name);

    [TestCase("EUR")]
    [TestCase("USD")]
    [TestCase("CHF")]
    public void Currencies_with_two_decimals_are_taken(string code) => From("Shop:Currency", code).Currency.ShouldBe(code);

    [TestCase(null, 30 * 60)]
    [TestCase("00:00:03", 3)]
    [TestCase("2.00:00:00", 2 * 24 * 60 * 60)]
    public void The_time_to_pay_is_half_an_hour_unless_said(string? value, int seconds) =>
        From("Shop:PaymentWindow", value).PaymentWindow.ShouldBe(TimeSpan.FromSeconds(seconds));

    private static ShopSettings From(string name, string? value)
    {
        var values = new Dictionary<string, string?>
        {
            ["Shop:Admin:Email"] = "admin@example.org",
            ["Shop:Admin:Password"] = "admin-password",
            [name] = value,
        };
        return ShopSettings.From(new ConfigurationBuilder().AddInMemoryCollection(values).Build(), isDevelopment: true);
    }
}
