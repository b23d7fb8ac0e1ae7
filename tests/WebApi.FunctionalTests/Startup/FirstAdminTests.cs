using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Startup;

public sealed class FirstAdminTests
{
    [Test]
    public async Task Who_takes_the_name_admin_first_does_not_keep_the_shop_from_getting_one()
    {
        var none = new Dictionary<string, string> { ["Shop:Admin:Email"] = "", ["Shop:Admin:Password"] = "" };
        await using var shop = await ShopServer.StartAsync(none);
        (await shop.Anonymous().PostAsync("/auth/register", new { username = "admin", password = "correct horse" })).ShouldBe(201);

        await using var configured = shop.StartSecondNode(new Dictionary<string, string>());

        var admin = await configured.AdminAsync();
        (await admin.GetAsync("/users/me")).ShouldBe(200)["roles"][0].GetString().ShouldBe("admin");
        (await (await configured.SignInAsync("admin", "correct horse")).GetAsync("/users")).ShouldBeProblem(403, "admin_only");
    }
}
