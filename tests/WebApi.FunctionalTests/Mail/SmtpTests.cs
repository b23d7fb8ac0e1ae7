using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Shop.WebApi.FunctionalTests.Outbox;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Mail;

/// <summary>The way to the mail server: encrypted, signed in, and never without either where they are asked for.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class SmtpTests
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("shop-mails-").FullName;

    [OneTimeSetUp]
    public void TrustTheTestsCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Path.Combine(Folder, "cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(Folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
        var hash = certificate.GetCertHashString();

        // The mail client asks nobody else, and putting the certificate into the machine's store is no test's business
#pragma warning disable SYSLIB0014
        ServicePointManager.ServerCertificateValidationCallback =
            (_, offered, _, errors) => errors == System.Net.Security.SslPolicyErrors.None || offered?.GetCertHashString() == hash;
#pragma warning restore SYSLIB0014
    }

    [OneTimeTearDown]
    public void RemoveCertificate() => Directory.Delete(Folder, recursive: true);

    [Test]
    public async Task Mails_travel_encrypted_by_starttls_and_signed_in()
    {
        await using var mails = await MailServer.StartAsync([.. Certified, "--user", "shop", "--password", "secret"]);
        await using var shop = await ShopServer.StartAsync(With(mails, ("UseTls", "true"), ("Username", "shop"), ("Password", "secret"), ("From", "Ümlaut <us@shop.example>")));

        var mail = await mails.MailToAsync(ShopServer.AdminEmail);

        mail.IsEncrypted.ShouldBeTrue();
        mail.User.ShouldBe("shop");
        mail.From.ShouldBe("Ümlaut <us@shop.example>");
        mail.Text.ShouldContain("Ümlaut");
        mail.Token.ShouldNotBeEmpty();
    }

    [Test]
    public async Task A_certificate_that_nobody_vouches_for_is_refused()
    {
        await using var mails = await MailServer.StartAsync("--tls");
        await using var shop = await ShopServer.StartAsync(With(mails, ("UseTls", "true")));

        await ShouldFailAsync(shop, "%certificate%");

        mails.Taken.ShouldBeEmpty();
    }

    [Test]
    public async Task A_server_without_starttls_gets_nothing_when_it_is_asked_for()
    {
        await using var mails = await MailServer.StartAsync();
        await using var shop = await ShopServer.StartAsync(With(mails, ("UseTls", "true")));

        await ShouldFailAsync(shop, "%");

        mails.Taken.ShouldBeEmpty();
    }

    [Test]
    public async Task A_wrong_password_is_told_without_it()
    {
        await using var mails = await MailServer.StartAsync([.. Certified, "--user", "shop", "--password", "secret"]);
        await using var shop = await ShopServer.StartAsync(With(mails, ("UseTls", "true"), ("Username", "shop"), ("Password", "wrong-secret")));

        await ShouldFailAsync(shop, "%");

        (await shop.ScalarAsync<long>("SELECT count(*) FROM outbox_deliveries WHERE last_error LIKE '%wrong-secret%'")).ShouldBe(0);
    }

    private static string[] Certified => ["--tls", "--key", Path.Combine(Folder, "key.pem"), "--cert", Path.Combine(Folder, "cert.pem")];

    private static Dictionary<string, string> With(MailServer mails, params (string Name, string Value)[] settings)
    {
        var all = mails.Settings;
        foreach (var (name, value) in settings)
        {
            all[$"Shop:Mail:{name}"] = value;
        }

        return all;
    }

    /// <summary>The first mail, which confirms the admin's address, is not sent.</summary>
    private static async Task ShouldFailAsync(ShopServer shop, string reason)
    {
        var admin = await shop.ScalarAsync<long>("SELECT min(id) FROM users");
        await shop.UntilDeliveryAsync(admin, $"attempts = 1 AND lease_owner IS NULL AND last_error LIKE 'The mail server localhost:%{reason}'", "mails");
        (await shop.ScalarAsync<string>("SELECT last_error FROM outbox_deliveries WHERE consumer = 'mails' LIMIT 1")).ShouldNotContain(ShopServer.AdminEmail);
    }
}
