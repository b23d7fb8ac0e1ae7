using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Mail;

/// <summary>A fixture whose shop sends mails to a server of its own.</summary>
public abstract class MailTest : ShopTest
{
    protected const string Password = "correct horse";
    protected const string NewPassword = "battery staple";

    private protected MailServer Mails { get; private set; } = null!;

    protected override IReadOnlyDictionary<string, string> Settings => Mails.Settings;

    [OneTimeSetUp]
    public override async Task StartShop()
    {
        Mails = await MailServer.StartAsync();
        await base.StartShop();
    }

    [OneTimeTearDown]
    public async Task StopMails() => await Mails.DisposeAsync();

    /// <summary>An address that nobody else has.</summary>
    protected static string NewAddress() => $"u{Guid.NewGuid().ToString("N")[..12]}@example.org";

    /// <summary>Registers somebody with an address and signs them in.</summary>
    protected async Task<Actor> RegisterAsync(string email)
    {
        var registered = (await Shop.Anonymous().PostAsync("/auth/register", new { email, password = Password, first_name = "Anna" })).ShouldBe(201);
        var actor = await Shop.SignInAsync(email, Password);
        (actor.UserId, actor.Username) = (registered.Id, registered["username"].GetString()!);
        return actor;
    }

    /// <summary>Asks for a mail that resets a password, and waits for it.</summary>
    private protected async Task<ReceivedMail> ForgetAsync(string email, string? asTyped = null)
    {
        var before = Resets(email);
        (await Shop.Anonymous().PostAsync("/auth/forgot_password", new { email = asTyped ?? email })).ShouldBe(204);
        return await Mails.MailToAsync(email, mail => IsReset(mail) && !before.Contains(mail.MessageId));
    }

    /// <summary>Waits until the log says why a mail that was asked for was not sent.</summary>
    protected Task UntilSkippedAsync(string requested, string reason) => UntilAsync($"""
        SELECT EXISTS (
            SELECT 1 FROM mails m
            JOIN outbox e ON e.event_id = m.event_id AND e.aggregate_type = 'account_request'
            JOIN account_requests r ON r.id = e.aggregate_id
            WHERE r.email = '{requested}' AND m.status = 'skipped' AND m.reason = '{reason}' AND m.sent_at IS NULL)
        """);

    /// <summary>Waits until a query says so.</summary>
    protected Task UntilAsync(string sql) => Until.TrueAsync(() => Shop.ScalarAsync<bool>(sql), sql);

    internal static bool IsReset(ReceivedMail mail) => mail.Subject == "Set a new password";

    private List<string> Resets(string email) => [.. Mails.MailsTo(email).Where(IsReset).Select(mail => mail.MessageId)];
}
