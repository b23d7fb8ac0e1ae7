using Shop.WebApi.FunctionalTests.Outbox;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Mail;

/// <summary>Where mails go on a developer's machine.</summary>
public sealed class MailFilesTests
{
    [Test]
    public async Task A_developer_finds_mails_as_files()
    {
        var folder = Directory.CreateTempSubdirectory("shop-mails-").FullName;
        try
        {
            await using var shop = await ShopServer.StartAsync(
                new Dictionary<string, string> { ["environment"] = "Development", ["Shop:DataDirectory"] = folder });
            var user = (await shop.Anonymous().PostAsync("/auth/register", new { email = "anna@example.org", password = "correct horse" })).ShouldBe(201).Id;
            await shop.UntilDeliveryAsync(user, "status = 'done'", "mails");
            var id = await shop.ScalarAsync<Guid>($"SELECT event_id FROM mails WHERE user_id = {user}");

            var mail = await File.ReadAllTextAsync(Path.Combine(folder, "mail", $"{id:N}.confirm_email.eml"));

            mail.ShouldContain("To: anna@example.org\r\n");
            mail.ShouldContain("Subject: Confirm your e-mail address\r\n");
            mail.ShouldMatch("http://localhost:3000/account/confirm_email\\?token=[A-Za-z0-9_-]{43}\r\n");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
