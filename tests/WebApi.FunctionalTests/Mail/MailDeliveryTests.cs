using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shop.Application.Abstractions;
using Shop.Infrastructure.Outbox;
using Shop.WebApi.FunctionalTests.Outbox;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Mail;

/// <summary>How mails come through when something fails.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class MailDeliveryTests
{
    private const string Email = "anna@example.org";

    [Test]
    public async Task A_mail_that_the_server_refuses_for_now_is_sent_later_once_with_the_same_id()
    {
        var clock = new FakeClock();
        await using var mails = await MailServer.StartAsync();
        await using var shop = await StartAsync(mails.Settings, clock);
        await mails.MailToAsync(ShopServer.AdminEmail);
        await mails.RefuseAsync(2);

        var user = await RegisterAsync(shop);
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            await shop.UntilDeliveryAsync(user, $"attempts = {attempt} AND lease_owner IS NULL AND last_error LIKE '%did not take the mail: 451 %'", "mails");
            (await shop.ScalarAsync<string>($"SELECT status || attempts FROM mails WHERE user_id = {user}")).ShouldBe($"sending{attempt}");
            shop.Pass(clock, TimeSpan.FromMinutes(1));
        }

        var mail = await mails.MailToAsync(Email);
        await shop.UntilDeliveryAsync(user, "status = 'done'", "mails");
        mails.MailsTo(Email).Count.ShouldBe(1);
        (await shop.ScalarAsync<string>($"SELECT status || attempts FROM mails WHERE user_id = {user} AND sent_at IS NOT NULL")).ShouldBe("sent3");
        (await shop.Anonymous().PostAsync("/auth/confirm_email", new { token = mail.Token })).ShouldBe(204);
    }

    [Test]
    public async Task An_event_that_comes_again_after_its_mail_was_sent_sends_none()
    {
        await using var mails = await MailServer.StartAsync();
        await using var shop = await StartAsync(mails.Settings, new FakeClock());
        var user = await RegisterAsync(shop);
        await shop.UntilDeliveryAsync(user, "status = 'done'", "mails");

        await shop.ExecuteAsync($"UPDATE outbox_deliveries SET status = 'waiting', next_attempt_at = now() WHERE consumer = 'mails' AND aggregate_id = {user}");
        await shop.UntilDeliveryAsync(user, "status = 'done' AND attempts = 2", "mails");

        mails.MailsTo(Email).Count.ShouldBe(1);
    }

    [Test]
    public async Task A_mail_that_was_sent_is_noted_however_often_the_database_fails_and_not_sent_again()
    {
        var faults = new FailingStatements("UPDATE mails", 3);
        await using var mails = await MailServer.StartAsync();
        await using var shop = await ShopServer.StartAsync(mails.Settings, faults.AddTo);
        await mails.MailToAsync(ShopServer.AdminEmail);
        await shop.UntilDeliveryAsync(await AdminIdAsync(shop), "status = 'done'", "mails");
        faults.Begin();

        var user = await RegisterAsync(shop);

        await shop.UntilDeliveryAsync(user, "status = 'done' AND attempts = 1", "mails");
        faults.Left.ShouldBe(0);
        mails.MailsTo(Email).Count.ShouldBe(1);
    }

    [Test]
    public async Task A_shop_that_stops_waits_for_the_mail_server()
    {
        var mailer = new SlowMailer();
        await using var shop = await ShopServer.StartAsync(
            new Dictionary<string, string> { ["Shop:Mail:Host"] = "localhost" }, services => services.AddSingleton<IMailer>(mailer));
        await shop.UntilDeliveryAsync(await AdminIdAsync(shop), "status = 'done'", "mails");
        var (asked, taken) = (new TaskCompletionSource(), new TaskCompletionSource());
        mailer.Behaviour = cancellationToken =>
        {
            asked.SetResult();
            return taken.Task.WaitAsync(cancellationToken);
        };
        var user = await RegisterAsync(shop);
        await asked.Task;

        var stopped = shop.Services.GetRequiredService<OutboxDispatcher>().StopAsync(default);
        taken.SetResult();
        await stopped;

        (await shop.ScalarAsync<string>($"SELECT status || attempts FROM outbox_deliveries WHERE consumer = 'mails' AND aggregate_type = 'user' AND aggregate_id = {user}"))
            .ShouldBe("done1");
    }

    [Test]
    public async Task A_mail_that_went_out_twice_has_one_id_and_either_token_is_good_once()
    {
        await using var mails = await MailServer.StartAsync();
        await using var shop = await StartAsync(mails.Settings, new FakeClock());
        await RegisterAsync(shop);
        (await shop.Anonymous().PostAsync("/auth/forgot_password", new { email = Email })).ShouldBe(204);
        var first = await mails.MailToAsync(Email, MailTest.IsReset);
        var request = await shop.ScalarAsync<long>("SELECT id FROM account_requests");
        await shop.UntilDeliveryAsync(request, "aggregate_type = 'account_request' AND status = 'done'", "mails");

        // As if the shop had died between the server's answer and the note
        await shop.ExecuteAsync("UPDATE mails SET status = 'sending', sent_at = NULL WHERE kind = 'reset_password'");
        await shop.ExecuteAsync($"UPDATE outbox_deliveries SET status = 'waiting', next_attempt_at = now() WHERE aggregate_type = 'account_request'");
        var second = await mails.MailToAsync(Email, mail => MailTest.IsReset(mail) && mail.Token != first.Token);

        second.MessageId.ShouldBe(first.MessageId);
        var answers = await AtOnce.AllAsync(((string[])[first.Token, second.Token]).Select<string, Func<Task<Answer>>>(token =>
            () => shop.Anonymous().PostAsync("/auth/reset_password", new { token, new_password = "battery staple" })));
        answers.Select(answer => answer.Status).Order().ShouldBe([204, 400]);
    }

    [Test]
    public async Task A_server_that_is_down_is_named_with_a_hint_and_no_address()
    {
        await using var shop = await StartAsync(new() { ["Shop:Mail:Host"] = "127.0.0.1", ["Shop:Mail:Port"] = "1" }, new FakeClock());

        var user = await RegisterAsync(shop);

        await shop.UntilDeliveryAsync(user, "attempts = 1 AND last_error LIKE 'The mail server 127.0.0.1:1 did not take the mail: %refused%'", "mails");
        (await shop.ScalarAsync<long>($"SELECT count(*) FROM outbox_deliveries WHERE last_error LIKE '%{Email}%'")).ShouldBe(0);
    }

    [Test]
    public async Task Tokens_end_by_themselves()
    {
        var clock = new FakeClock();
        await using var mails = await MailServer.StartAsync();
        await using var shop = await StartAsync(mails.Settings, clock);
        await RegisterAsync(shop);
        var confirm = (await mails.MailToAsync(Email)).Token;
        (await shop.Anonymous().PostAsync("/auth/forgot_password", new { email = Email })).ShouldBe(204);
        var reset = (await mails.MailToAsync(Email, MailTest.IsReset)).Token;

        clock.Advance(TimeSpan.FromHours(1));
        (await shop.Anonymous().PostAsync("/auth/reset_password", new { token = reset, new_password = "battery staple" }))
            .ShouldBeProblem(400, "token_invalid", "token");
        clock.Advance(TimeSpan.FromDays(3) - TimeSpan.FromHours(1) - TimeSpan.FromMinutes(1));
        (await shop.Anonymous().PostAsync("/auth/confirm_email", new { token = confirm })).ShouldBe(204);
    }

    [Test]
    public async Task A_mailbox_gets_five_mails_in_a_quarter_of_an_hour_and_nobody_is_told()
    {
        var clock = new FakeClock();
        await using var mails = await MailServer.StartAsync();
        var settings = new Dictionary<string, string>(mails.Settings) { ["Shop:RateLimits:Enabled"] = "true" };
        await using var shop = await StartAsync(settings, clock);
        await RegisterAsync(shop);
        Task<Answer> ForgotAsync(string email) => shop.Anonymous().PostAsync("/auth/forgot_password", new { email });

        foreach (var email in (string[])[Email, Email.ToUpperInvariant(), Email, Email, Email, Email, Email])
        {
            (await ForgotAsync(email)).ShouldBe(204);
        }

        (await shop.ScalarAsync<long>("SELECT count(*) FROM account_requests")).ShouldBe(5);
        clock.Advance(TimeSpan.FromMinutes(15));
        (await ForgotAsync(Email)).ShouldBe(204);
        (await shop.ScalarAsync<long>("SELECT count(*) FROM account_requests")).ShouldBe(6);
    }

    [Test]
    public async Task A_caller_who_asks_for_too_many_mails_is_refused_whoever_they_are_for()
    {
        var settings = new Dictionary<string, string> { ["Shop:RateLimits:Enabled"] = "true" };
        await using var shop = await StartAsync(settings, new FakeClock());
        var answers = new List<Answer>();
        for (var i = 0; i <= 100; i++)
        {
            answers.Add(await shop.Anonymous().PostAsync("/auth/resend_confirmation", new { email = $"u{i}@example.org" }));
        }

        answers.Take(100).ShouldAllBe(answer => answer.Status == 204);
        answers[100].ShouldBeProblem(429, "too_many_mails").Header("Retry-After").ShouldNotBeNull();
    }

    [Test]
    public async Task Without_a_server_nothing_waits_for_one()
    {
        await using var shop = await StartAsync([], new FakeClock());
        await RegisterAsync(shop);
        (await shop.Anonymous().PostAsync("/auth/forgot_password", new { email = Email })).ShouldBe(204);

        (await shop.ScalarAsync<long>("SELECT count(*) FROM outbox_deliveries WHERE consumer = 'mails'")).ShouldBe(0);
        shop.Services.GetServices<EventConsumer>().ShouldNotContain(consumer => consumer.Name == "mails");
        shop.Services.GetServices<IMailer>().ShouldBeEmpty();
        shop.Services.GetServices<IHostedService>().OfType<Infrastructure.Mail.MailStart>().Count().ShouldBe(1);
    }

    private static Task<long> AdminIdAsync(ShopServer shop) =>
        shop.ScalarAsync<long>($"SELECT id FROM users WHERE email = '{ShopServer.AdminEmail}'");

    private static Task<ShopServer> StartAsync(Dictionary<string, string> settings, FakeClock clock) =>
        ShopServer.StartAsync(settings, services => services.AddSingleton<TimeProvider>(clock));

    private static async Task<long> RegisterAsync(ShopServer shop) =>
        (await shop.Anonymous().PostAsync("/auth/register", new { email = Email, password = "correct horse" })).ShouldBe(201).Id;

    /// <summary>A mail server that does what the test says.</summary>
    private sealed class SlowMailer : IMailer
    {
        public Func<CancellationToken, Task> Behaviour { get; set; } = _ => Task.CompletedTask;

        public Task SendAsync(OutgoingMail mail, CancellationToken cancellationToken) => Behaviour(cancellationToken);
    }
}
