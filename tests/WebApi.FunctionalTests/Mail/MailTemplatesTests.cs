using System.Net.Mail;
using Shop.Infrastructure;
using Shop.Infrastructure.Mail;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Mail;

/// <summary>A shop's own texts.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class MailTemplatesTests
{
    private static readonly Dictionary<string, object?> Token = new()
    {
        ["shop"] = "<Shop> & Söhne",
        ["shop_url"] = "https://shop.example",
        ["link"] = "https://shop.example/account/confirm_email?token=abc",
        ["token"] = "abc",
    };

    private readonly List<string> _folders = [];

    [OneTimeTearDown]
    public void RemoveFolders() => _folders.ForEach(folder => Directory.Delete(folder, recursive: true));

    [Test]
    public async Task Files_of_the_shops_own_take_the_place_of_templates_one_by_one()
    {
        var folder = Folder(("order_placed.subject.txt", "Danke,\n{{first_name}}: {{number}}"), ("layout.html", "<main>{{> @partial-block}}</main>"), ("README.md", "Ours."));
        await using var mails = await MailServer.StartAsync();
        await using var shop = await ShopServer.StartAsync(new Dictionary<string, string>(mails.Settings)
        {
            ["Shop:Mail:Templates"] = folder,
            ["Shop:PublicUrl"] = "https://shop.example/de/",
        });
        (await shop.Anonymous().PostAsync(
            "/auth/register", new { email = "anna@example.org", password = "correct horse", first_name = "Anna\r\nBcc: x@evil.example" })).ShouldBe(201);
        var buyer = await shop.SignInAsync("anna@example.org", "correct horse");
        var product = (await (await shop.AdminAsync()).PostAsync("/products", new { name = "Thing", price = 1, stock = 1 })).ShouldBe(201).Id;

        var order = await buyer.OrderAsync(product, status: "placed");

        var mail = await mails.MailToAsync("anna@example.org", each => each.Subject.StartsWith("Danke", StringComparison.Ordinal));
        mail.Subject.ShouldBe($"Danke, Anna Bcc: x@evil.example: {order.Text("number")}");
        mail.Headers.ShouldNotContain("bcc");
        mail.Recipients.ShouldBe(1);
        mail.Html.ShouldStartWith("<main>");
        mail.Text.ShouldContain("Total: 1.00 EUR");
        (await mails.MailToAsync("anna@example.org", each => !each.Subject.StartsWith("Danke", StringComparison.Ordinal)))
            .Text.ShouldContain("https://shop.example/de/account/confirm_email?token=");
    }

    [Test]
    public void What_is_filled_in_is_escaped_in_html_and_left_alone_in_text()
    {
        var (subject, text, html) = new MailTemplates(Settings(null)).Fill(MailKinds.ConfirmEmail, Token);

        subject.ShouldBe("Confirm your e-mail address");
        text.ShouldContain("<Shop> & Söhne");
        html.ShouldContain("&lt;Shop&gt; &amp; S");
        html.ShouldNotContain("<Shop>");
    }

    [Test]
    public void A_subject_is_one_line_of_at_most_200_characters()
    {
        var folder = Folder(("confirm_email.subject.txt", "a\r\nBcc: b\u0085c\u2028d\te {{shop}}\n" + new string('x', 300)));

        var (subject, _, _) = new MailTemplates(Settings(folder)).Fill(MailKinds.ConfirmEmail, Token);

        subject.ShouldStartWith("a Bcc: b c d e <Shop> & Söhne xxx");
        subject.Length.ShouldBe(200);
    }

    [TestCase("confirm_email.txt", "{{#if link}}", "can't be filled in")]
    [TestCase("layout.html", "{{#if shop}}", "can't be filled in")]
    [TestCase("confirm_mail.txt", "Hello", "which no mail uses")]
    public void A_file_that_is_no_template_stops_the_start_and_is_named(string name, string text, string problem) =>
        Should.Throw<SettingException>(() => new MailTemplates(Settings(Folder((name, text))))).Message.ShouldSatisfyAllConditions(
            message => message.ShouldContain($"'{name}'"),
            message => message.ShouldContain(problem));

    [Test]
    public void A_name_that_a_mail_does_not_have_is_told() =>
        Should.Throw<SettingException>(() => new MailTemplates(Settings(Folder(("confirm_email.html", "{{number}}")))).Fill(MailKinds.ConfirmEmail, Token))
            .Message.ShouldStartWith("The mail template 'confirm_email.html' can't be filled in: number");

    private static MailSettings Settings(string? templates) =>
        new() { Port = 25, UseTls = false, From = new MailAddress("shop@shop.example"), Templates = templates };

    private string Folder(params (string Name, string Text)[] files)
    {
        var folder = Directory.CreateTempSubdirectory("shop-mails-").FullName;
        lock (_folders)
        {
            _folders.Add(folder);
        }

        foreach (var (name, text) in files)
        {
            File.WriteAllText(Path.Combine(folder, name), text);
        }

        return folder;
    }
}
