using Microsoft.Extensions.DependencyInjection;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Auth;

public sealed class SignInTests : ShopTest
{
    private const string Password = "correct horse";

    [TestCase("login", "NAME")]
    [TestCase("login", "name@EXAMPLE.org")]
    [TestCase("username", "name")]
    [TestCase("email", "NAME@example.org")]
    public async Task Username_or_email_in_any_case_signs_in(string property, string login)
    {
        var name = "in-" + Guid.NewGuid().ToString("N")[..12];
        var user = (await Shop.Anonymous().PostAsync("/auth/register", new { username = name, email = $"{name}@example.org", password = Password })).ShouldBe(201);
        var asked = login.Replace("name", name).Replace("NAME", name.ToUpperInvariant());

        var pair = await Shop.Anonymous().PostAsync("/auth/login", new Dictionary<string, string> { [property] = asked, ["password"] = Password });

        pair.ShouldBe(200);
        pair["token_type"].GetString().ShouldBe("Bearer");
        pair["expires_in"].GetInt32().ShouldBe(3600);
        pair["refresh_token"].GetString().ShouldNotBeNullOrEmpty();
        var self = Shop.Anonymous();
        self.Token = pair["access_token"].GetString();
        (await self.GetAsync("/users/me")).ShouldBe(200).Id.ShouldBe(user.Id);
    }

    [Test]
    public async Task A_token_that_was_used_before_is_over_when_its_hour_is()
    {
        var clock = new FakeClock();
        await using var shop = await ShopServer.StartAsync(services: services => services.AddSingleton<TimeProvider>(clock));
        var self = await shop.CustomerAsync();
        (await self.GetAsync("/users/me")).ShouldBe(200);

        clock.Advance(TimeSpan.FromMinutes(59));
        (await self.GetAsync("/users/me")).ShouldBe(200);

        clock.Advance(TimeSpan.FromMinutes(1));
        (await self.GetAsync("/users/me")).ShouldBeProblem(401, "unauthenticated");
    }

    [Test]
    public async Task A_wrong_password_and_an_unknown_name_are_refused_alike()
    {
        var user = await Shop.CustomerAsync();

        var wrong = (await Shop.Anonymous().PostAsync("/auth/login", new { login = user.Username, password = "Correct horse" }))
            .ShouldBeProblem(401, "wrong_credentials");
        var unknown = (await Shop.Anonymous().PostAsync("/auth/login", new { login = "nobody-" + user.Username, password = Password }))
            .ShouldBeProblem(401, "wrong_credentials");

        unknown["detail"].GetString().ShouldBe(wrong["detail"].GetString());
    }

    [TestCase("in", "i\u00ADn", TestName = "A login with a soft hyphen is another, so that an account has its guesses only once")]
    [TestCase("in", "in\u200D", TestName = "A login with a joiner is another, so that an account has its guesses only once")]
    [TestCase("in", "\uFF49n", TestName = "A login with a full-width letter is another, so that an account has its guesses only once")]
    public async Task A_login_that_the_database_takes_for_the_same_is_another(string part, string lookalike)
    {
        var name = "in-" + Guid.NewGuid().ToString("N")[..12];
        (await Shop.Anonymous().PostAsync("/auth/register", new { username = name, email = $"{name}@example.org", password = Password })).ShouldBe(201);

        foreach (var login in (string[])[name, $"{name}@example.org"])
        {
            (await Shop.Anonymous().PostAsync("/auth/login", new { login, password = Password })).ShouldBe(200);
            var spelled = lookalike + login[part.Length..];
            (await Shop.Anonymous().PostAsync("/auth/login", new { login = spelled, password = Password })).ShouldBeProblem(401, "wrong_credentials");
        }
    }

    [Test]
    public async Task Nobody_signs_in_to_an_account_without_a_password()
    {
        var user = (await Shop.Anonymous().PostAsync("/users", new { first_name = "Only" })).ShouldBe(201);

        foreach (var password in (string[])["password", "null", "Only"])
        {
            (await Shop.Anonymous().PostAsync("/auth/login", new { login = user["username"].GetString(), password })).ShouldBeProblem(401, "wrong_credentials");
        }
    }

    [TestCase("""{"password":"correct horse"}""", "login")]
    [TestCase("""{"login":"x"}""", "password")]
    [TestCase("""{"login":"","password":"correct horse"}""", "login")]
    [TestCase("""{"login":1,"password":"correct horse"}""", "login")]
    public async Task Bad_input_is_400_and_names_the_field(string body, string field)
    {
        var refused = await Shop.Anonymous().PostAsync("/auth/login", body);

        refused.ShouldBe(400).Json.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(refused.Body);
    }

    [TestCase("", 400)]
    [TestCase("{", 400)]
    [TestCase("[]", 400)]
    [TestCase("null", 400)]
    [TestCase("\"x\"", 400)]
    [TestCase("{}{}", 400)]
    public async Task A_body_that_is_no_json_object_is_a_problem(string body, int status) =>
        (await Shop.Anonymous().PostAsync("/auth/login", body)).ShouldBe(status).ContentType.ShouldBe("application/problem+json");

    [Test]
    public async Task A_token_holds_on_another_node_and_after_a_restart()
    {
        var user = await Shop.CustomerAsync();
        await using var second = Shop.StartSecondNode();
        var there = second.Anonymous();
        there.Token = user.Token;

        (await there.GetAsync("/users/me")).ShouldBe(200).Id.ShouldBe(user.UserId);
    }

    [TestCase("nonsense")]
    [TestCase("CfDJ8nonsense")]
    public async Task A_token_that_is_none_is_401(string token)
    {
        var nobody = Shop.Anonymous();
        nobody.Token = token;

        (await nobody.GetAsync("/users/me")).ShouldBeProblem(401, "unauthenticated");
    }
}
