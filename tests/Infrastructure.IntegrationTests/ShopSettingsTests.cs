using Microsoft.Extensions.Configuration;

namespace Shop.Infrastructure.IntegrationTests;

[Parallelizable(ParallelScope.All)]
public sealed class ShopSettingsTests
{
    [TestCase("Shop:Currency", "XXQ")]
    [TestCase("Shop:Currency", "eur")]
    [TestCase("Shop:Currency", "JPY")]
    [TestCase("Shop:Currency", "KWD")]
    [TestCase("Shop:TimeZone", "Mars/Olympus")]
    [TestCase("Shop:TimeZone", "W. Europe Standard Time")]
    [TestCase("Shop:TimeZone", "../zoneinfo/UTC")]
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
    [TestCase("Shop:Mail:Port", "0")]
    [TestCase("Shop:Mail:Port", "smtp")]
    [TestCase("Shop:Mail:From", "nobody")]
    [TestCase("Shop:Mail:UseTls", "starttls")]
    [TestCase("Shop:Mail:Username", "alone")]
    [TestCase("Shop:Mail:Templates", "/no/such/folder")]
    [TestCase("Shop:Feed:TrainEvery", "00:00:59")]
    [TestCase("Shop:Feed:TrainEvery", "nightly")]
    [TestCase("Shop:Jobs:Enabled", "sometimes")]
    public void A_wrong_value_is_refused_by_the_name_of_its_setting(string name, string value) =>
        Should.Throw<SettingException>(() => From(name, value)).Message.ShouldContain(name);

    [TestCase("EUR")]
    [TestCase("USD")]
    [TestCase("CHF")]
    public void Currencies_with_two_decimals_are_taken(string code) => From("Shop:Currency", code).Currency.ShouldBe(code);

    [TestCase(null, "UTC")]
    [TestCase("Europe/Berlin", "Europe/Berlin")]
    public void Days_are_those_of_a_named_zone(string? value, string zone) => From("Shop:TimeZone", value).TimeZone.Id.ShouldBe(zone);

    [TestCase(null, 30 * 60)]
    [TestCase("00:00:03", 3)]
    [TestCase("2.00:00:00", 2 * 24 * 60 * 60)]
    public void The_time_to_pay_is_half_an_hour_unless_said(string? value, int seconds) =>
        From("Shop:PaymentWindow", value).PaymentWindow.ShouldBe(TimeSpan.FromSeconds(seconds));

    [TestCase("localhost", null, false, 25)]
    [TestCase("127.0.0.1", null, false, 25)]
    [TestCase("smtp.example.org", null, true, 587)]
    [TestCase("smtp.example.org", "false", false, 25)]
    [TestCase("localhost", "true", true, 587)]
    public void Mails_travel_encrypted_unless_they_stay_on_this_machine(string host, string? useTls, bool isEncrypted, int port)
    {
        var mail = From(("Shop:Mail:Host", host), ("Shop:Mail:UseTls", useTls)).Mail;

        (mail.UseTls, mail.Port, mail.Folder).ShouldBe((isEncrypted, port, null));
    }

    [Test]
    public void A_password_for_mails_is_not_sent_for_all_to_read() =>
        Should.Throw<SettingException>(() => From(
            ("Shop:Mail:Host", "smtp.example.org"), ("Shop:Mail:Username", "shop"), ("Shop:Mail:Password", "secret"), ("Shop:Mail:UseTls", "false")))
            .Message.ShouldStartWith("Shop:Mail:UseTls");

    [Test]
    public void The_port_for_encryption_from_the_first_byte_is_refused() =>
        Should.Throw<SettingException>(() => From(("Shop:Mail:Host", "smtp.example.org"), ("Shop:Mail:Port", "465"))).Message.ShouldStartWith("Shop:Mail:Port");

    [Test]
    public void Mails_are_files_in_development_without_a_server() => From("Shop:Mail:Host", null).Mail.Folder.ShouldEndWith("/.data/mail");

    private static ShopSettings From(string name, string? value) => From((name, value));

    private static ShopSettings From(params (string Name, string? Value)[] settings)
    {
        var values = new Dictionary<string, string?>
        {
            ["Shop:Admin:Email"] = "admin@example.org",
            ["Shop:Admin:Password"] = "admin-password",
        };
        foreach (var (name, value) in settings)
        {
            values[name] = value;
        }

        return ShopSettings.From(new ConfigurationBuilder().AddInMemoryCollection(values).Build(), isDevelopment: true);
    }
}
