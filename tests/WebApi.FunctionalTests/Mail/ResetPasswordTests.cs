using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Mail;

public sealed class ResetPasswordTests : MailTest
{
    [Test]
    public async Task The_mailed_token_sets_a_password_once_and_ends_all_sign_ins()
    {
        var email = NewAddress();
        var user = await RegisterAsync(email);

        var mail = await ForgetAsync(email);
        mail.Text.ShouldContain($"http://localhost:3000/account/reset_password?token={mail.Token}\n");
        mail.Recipients.ShouldBe(1);
        (await user.GetAsync("/users/me")).ShouldBe(200);
        (await ResetAsync(mail.Token)).ShouldBe(204);

        (await user.GetAsync("/users/me")).ShouldBeProblem(401, "unauthenticated");
        (await Shop.Anonymous().PostAsync("/auth/refresh", new { refresh_token = user.RefreshToken })).ShouldBe(401);
        (await Shop.Anonymous().PostAsync("/auth/login", new { login = email, password = Password })).ShouldBeProblem(401, "wrong_credentials");
        (await Shop.SignInAsync(email, NewPassword)).Token.ShouldNotBeNull();
        (await ResetAsync(mail.Token)).ShouldBeProblem(400, "token_invalid", "token");
    }

    [Test]
    public async Task An_unknown_address_gets_the_same_answer_and_no_mail()
    {
        var (known, unknown) = (NewAddress(), NewAddress());
        await RegisterAsync(known);

        var answers = new[] { await ForgotAsync(known), await ForgotAsync(unknown) };

        answers.ShouldAllBe(answer => answer.Status == 204 && answer.Body == "");
        await UntilSkippedAsync(unknown, "unknown_address");
        await Mails.MailToAsync(known, IsReset);
        Mails.MailsTo(unknown).ShouldBeEmpty();
    }

    [Test]
    public async Task The_mail_goes_to_the_address_as_its_owner_spells_it()
    {
        var email = NewAddress();
        await RegisterAsync(email);

        (await ForgetAsync(email, asTyped: email.ToUpperInvariant())).To.ShouldBe(email);
    }

    [Test]
    public async Task Of_many_who_use_one_token_at_once_one_wins_and_their_password_counts()
    {
        var email = NewAddress();
        await RegisterAsync(email);
        var token = (await ForgetAsync(email)).Token;

        var answers = await AtOnce.AllAsync(Enumerable.Range(0, 6).Select<int, Func<Task<Answer>>>(i => () => ResetAsync(token, $"{NewPassword} {i}")));

        answers.Count(answer => answer.Status == 204).ShouldBe(1);
        answers.Where(answer => answer.Status != 204).ShouldAllBe(answer => answer.Status == 400 && answer.Code == "token_invalid");
        var winner = answers.ToList().FindIndex(answer => answer.Status == 204);
        (await Shop.SignInAsync(email, $"{NewPassword} {winner}")).Token.ShouldNotBeNull();
    }

    [Test]
    public async Task A_newer_mail_ends_the_token_of_an_earlier_one()
    {
        var email = NewAddress();
        await RegisterAsync(email);
        var earlier = (await ForgetAsync(email)).Token;
        var newer = (await ForgetAsync(email)).Token;

        (await ResetAsync(earlier)).ShouldBeProblem(400, "token_invalid", "token");
        (await ResetAsync(newer)).ShouldBe(204);
    }

    [Test]
    public async Task Changing_the_password_or_the_address_ends_a_token()
    {
        var (email, other) = (NewAddress(), NewAddress());
        var user = await RegisterAsync(email);
        var token = (await ForgetAsync(email)).Token;
        (await user.PostAsync("/auth/change_password", new { current_password = Password, new_password = NewPassword })).ShouldBe(204);
        (await ResetAsync(token)).ShouldBeProblem(400, "token_invalid", "token");

        user = await Shop.SignInAsync(email, NewPassword);
        token = (await ForgetAsync(email)).Token;
        (await user.PatchAsync("/users/" + (await user.GetAsync("/users/me")).Id, new { email = other })).ShouldBe(200);
        (await ResetAsync(token)).ShouldBeProblem(400, "token_invalid", "token");
        (await ForgetAsync(other)).Token.ShouldNotBeEmpty();
    }

    [Test]
    public async Task A_user_who_was_made_without_a_password_gets_one()
    {
        var email = NewAddress();
        (await Shop.Anonymous().PostAsync("/users", new { email, first_name = "Anna" })).ShouldBe(201);

        (await ResetAsync((await ForgetAsync(email)).Token)).ShouldBe(204);

        (await Shop.SignInAsync(email, NewPassword)).Token.ShouldNotBeNull();
    }

    [Test]
    public async Task An_erased_user_gets_no_mail_and_their_token_is_dead()
    {
        var email = NewAddress();
        var user = await RegisterAsync(email);
        var token = (await ForgetAsync(email)).Token;
        (await user.DeleteAsync($"/users/{user.UserId}")).ShouldBe(200);
        var before = Mails.MailsTo(email).Count;

        (await ForgotAsync(email)).ShouldBe(204);
        (await ResetAsync(token)).ShouldBeProblem(400, "token_invalid", "token");

        await UntilSkippedAsync(email, "unknown_address");
        Mails.MailsTo(email).Count.ShouldBe(before);
        (await Shop.ScalarAsync<long>($"SELECT count(*) FROM account_tokens WHERE user_id = {user.UserId}")).ShouldBe(0);
    }

    [Test]
    public async Task Neither_events_nor_tables_hold_a_token()
    {
        var email = NewAddress();
        await RegisterAsync(email);

        var token = (await ForgetAsync(email)).Token;

        foreach (var table in (string[])["outbox", "outbox_deliveries", "account_tokens", "account_requests", "mails"])
        {
            (await Shop.ScalarAsync<long>($"SELECT count(*) FROM {table} t WHERE t::text LIKE '%{token}%'")).ShouldBe(0, table);
        }

        (await Shop.ScalarAsync<long>($"SELECT count(*) FROM outbox t WHERE t::text LIKE '%{email}%'")).ShouldBe(0);
    }

    [TestCase("/auth/forgot_password", """{}""", "email")]
    [TestCase("/auth/forgot_password", """{"email":"nowhere"}""", "email")]
    [TestCase("/auth/resend_confirmation", """{}""", "email")]
    [TestCase("/auth/reset_password", """{"new_password":"battery staple"}""", "token")]
    [TestCase("/auth/reset_password", """{"token":"x"}""", "new_password")]
    [TestCase("/auth/reset_password", """{"token":"x","new_password":"short"}""", "new_password")]
    [TestCase("/auth/confirm_email", """{}""", "token")]
    [TestCase("/auth/confirm_email", """{"token":""}""", "token")]
    public async Task Bad_input_is_400_and_names_the_field(string route, string body, string field)
    {
        var refused = await Shop.Anonymous().PostAsync(route, body);

        refused.ShouldBe(400).Json.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(refused.Body);
    }

    private Task<Answer> ForgotAsync(string email) => Shop.Anonymous().PostAsync("/auth/forgot_password", new { email });

    private Task<Answer> ResetAsync(string token, string password = NewPassword) =>
        Shop.Anonymous().PostAsync("/auth/reset_password", new { token, new_password = password });
}
