using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Mail;

public sealed class ConfirmEmailTests : MailTest
{
    [Test]
    public async Task Who_registers_gets_a_mail_that_confirms_their_address_once()
    {
        var email = NewAddress();
        var user = await RegisterAsync(email);
        (await IsConfirmedAsync(user)).ShouldBeFalse();
        var before = (await user.GetAsync("/users/me")).ETag;

        var mail = await Mails.MailToAsync(email);
        mail.Subject.ShouldBe("Confirm your e-mail address");
        mail.From.ShouldBe("Shop <shop@localhost>");
        mail.Text.ShouldContain($"http://localhost:3000/account/confirm_email?token={mail.Token}\n");
        (await ConfirmAsync(mail.Token)).ShouldBe(204);

        (await IsConfirmedAsync(user)).ShouldBeTrue();
        (await user.GetAsync("/users/me")).ETag.ShouldBe(before, "a confirmation is no edit that others could miss");
        (await ConfirmAsync(mail.Token)).ShouldBeProblem(400, "token_invalid", "token");
    }

    [Test]
    public async Task Another_mail_can_be_asked_for_until_the_address_is_confirmed()
    {
        var email = NewAddress();
        var user = await RegisterAsync(email);
        var first = (await Mails.MailToAsync(email)).Token;

        (await ResendAsync(email)).ShouldBe(204);
        var second = (await Mails.MailToAsync(email, mail => mail.Token != first)).Token;
        (await ConfirmAsync(first)).ShouldBeProblem(400, "token_invalid", "token");
        (await ConfirmAsync(second)).ShouldBe(204);

        (await ResendAsync(email)).ShouldBe(204);
        await UntilSkippedAsync(email, "confirmed_already");
        Mails.MailsTo(email).Count.ShouldBe(2);
        (await IsConfirmedAsync(user)).ShouldBeTrue();
    }

    [Test]
    public async Task A_changed_address_has_to_be_confirmed_again_and_ends_the_token_of_the_old_one()
    {
        var (email, other) = (NewAddress(), NewAddress());
        var user = await RegisterAsync(email);
        await ConfirmAsync((await Mails.MailToAsync(email)).Token);
        (await ForgetAsync(email)).Token.ShouldNotBeEmpty();

        (await user.PatchAsync($"/users/{user.UserId}", new { email = other })).ShouldBe(200);

        (await IsConfirmedAsync(user)).ShouldBeFalse();
        var mail = await Mails.MailToAsync(other);
        (await user.PatchAsync($"/users/{user.UserId}", new { email })).ShouldBe(200);
        (await ConfirmAsync(mail.Token)).ShouldBeProblem(400, "token_invalid", "token");
        (await IsConfirmedAsync(user)).ShouldBeFalse();
    }

    [Test]
    public async Task An_edit_of_anything_else_sends_nothing_and_keeps_the_confirmation()
    {
        var email = NewAddress();
        var user = await RegisterAsync(email);
        await ConfirmAsync((await Mails.MailToAsync(email)).Token);

        (await user.PatchAsync($"/users/{user.UserId}", new { first_name = "Berta", email })).ShouldBe(200);

        (await IsConfirmedAsync(user)).ShouldBeTrue();
        (await Shop.ScalarAsync<long>($"SELECT count(*) FROM outbox WHERE aggregate_type = 'user' AND aggregate_id = {user.UserId}")).ShouldBe(1);
    }

    [Test]
    public async Task A_token_of_another_purpose_is_no_good()
    {
        var email = NewAddress();
        await RegisterAsync(email);
        var confirm = (await Mails.MailToAsync(email)).Token;
        var reset = (await ForgetAsync(email)).Token;

        (await ConfirmAsync(reset)).ShouldBeProblem(400, "token_invalid", "token");
        (await Shop.Anonymous().PostAsync("/auth/reset_password", new { token = confirm, new_password = NewPassword })).ShouldBeProblem(400, "token_invalid", "token");
        (await ConfirmAsync(confirm)).ShouldBe(204);
    }

    [Test]
    public async Task Resetting_a_password_proves_the_address_too()
    {
        var email = NewAddress();
        var user = await RegisterAsync(email);

        (await Shop.Anonymous().PostAsync("/auth/reset_password", new { token = (await ForgetAsync(email)).Token, new_password = NewPassword })).ShouldBe(204);

        (await IsConfirmedAsync(user)).ShouldBeTrue();
    }

    [Test]
    public async Task Whoever_registers_chooses_no_word_of_a_mail_to_somebody_else()
    {
        var email = NewAddress();
        (await Shop.Anonymous().PostAsync(
            "/auth/register", new { email, password = Password, first_name = "Win at evil.example", last_name = "\r\nBcc: victim@example.org" })).ShouldBe(201);

        var mail = await Mails.MailToAsync(email);

        mail.Raw.ShouldNotContain("evil.example");
        mail.Raw.ShouldNotContain("victim");
        mail.Recipients.ShouldBe(1);
    }

    private Task<Answer> ConfirmAsync(string token) => Shop.Anonymous().PostAsync("/auth/confirm_email", new { token });

    private Task<Answer> ResendAsync(string email) => Shop.Anonymous().PostAsync("/auth/resend_confirmation", new { email });

    private Task<bool> IsConfirmedAsync(Actor user) => Shop.ScalarAsync<bool>($"SELECT email_confirmed FROM accounts WHERE id = {user.UserId}");
}
