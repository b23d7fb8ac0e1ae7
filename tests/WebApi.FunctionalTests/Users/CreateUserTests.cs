using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Users;

public sealed class CreateUserTests : ShopTest
{
    [Test]
    public async Task Names_alone_are_enough_and_a_username_is_made()
    {
        var made = await Shop.Anonymous().PostAsync("/users", new { first_name = "Grace", last_name = "Hopper" });

        made.ShouldBe(201);
        made.Header("Location").ShouldBe($"/users/{made.Id}");
        made["username"].GetString()!.ShouldMatch("^grace\\.hopper-[0-9]{10}$");
        made["email"].ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await Admin.GetAsync(made.Header("Location")!)).ShouldBe(200).Body.ShouldBe(made.Body);
    }

    [TestCase("""{"first_name":"A"}""")]
    [TestCase("""{"last_name":"B"}""")]
    [TestCase("""{"username":"NAME"}""")]
    [TestCase("""{"email":"NAME@example.org"}""")]
    public async Task Any_one_name_is_enough(string body) =>
        (await Shop.Anonymous().PostAsync("/users", body.Replace("NAME", NewName()))).ShouldBe(201);

    [Test]
    public async Task With_a_password_they_can_sign_in()
    {
        var name = NewName();
        (await Shop.Anonymous().PostAsync("/users", new { username = name, password = "correct horse" })).ShouldBe(201);

        (await Shop.SignInAsync(name, "correct horse")).Token.ShouldNotBeNull();
    }

    [TestCase("{}", "first_name")]
    [TestCase("""{"gender":"x"}""", "first_name")]
    [TestCase("""{"first_name":"A","password":"short"}""", "password")]
    [TestCase("""{"first_name":"A","username":"customer-1"}""", "username")]
    [TestCase("""{"first_name":"A","email":"nowhere"}""", "email")]
    [TestCase("""{"first_name":7}""", "first_name")]
    public async Task Bad_input_is_400_and_names_the_field(string body, string field)
    {
        var refused = await Shop.Anonymous().PostAsync("/users", body);

        refused.ShouldBe(400).Json.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(refused.Body);
    }

    [Test]
    public async Task Roles_cant_be_taken_by_asking_for_them()
    {
        var made = await Shop.Anonymous().PostAsync("/users", new { first_name = "Eve", roles = new[] { "admin" } });

        made.ShouldBe(201)["roles"].GetArrayLength().ShouldBe(0);
    }

    [Test]
    public async Task A_taken_name_is_409_also_for_many_at_once()
    {
        var email = $"{NewName()}@example.org";

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Shop.Anonymous().PostAsync("/users", new { email })));

        answers.Count(answer => answer.Status == 201).ShouldBe(1);
        answers.Where(answer => answer.Status != 201).ShouldAllBe(answer => answer.Status == 409 && answer.Code == "email_taken");
    }

    private static string NewName() => "new-" + Guid.NewGuid().ToString("N")[..12];
}
