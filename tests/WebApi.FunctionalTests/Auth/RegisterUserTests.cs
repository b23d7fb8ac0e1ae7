using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Auth;

public sealed class RegisterUserTests : ShopTest
{
    private const string Password = "correct horse";

    [Test]
    public async Task The_answer_shows_the_user_and_never_the_password()
    {
        var name = NewName();

        var made = await Shop.Anonymous().PostAsync("/auth/register", new
        {
            username = name,
            email = $"{name}@example.org",
            password = Password,
            first_name = "Änna",
            last_name = "O'Neill",
            gender = "female",
        });

        made.ShouldBe(201);
        made.Header("Location").ShouldBe($"/users/{made.Id}");
        made.ETag.ShouldNotBeEmpty();
        made.Json.EnumerateObject().Select(member => member.Name)
            .ShouldBe(["id", "username", "email", "first_name", "last_name", "gender", "roles", "created_at", "updated_at"]);
        made["username"].GetString().ShouldBe(name);
        made["email"].GetString().ShouldBe($"{name}@example.org");
        made["first_name"].GetString().ShouldBe("Änna");
        made["last_name"].GetString().ShouldBe("O'Neill");
        made["roles"].GetArrayLength().ShouldBe(0);
        var self = await Shop.SignInAsync(name, Password);
        (await self.GetAsync(made.Header("Location")!)).ShouldBe(200).Body.ShouldBe(made.Body);
    }

    [Test]
    public async Task An_email_alone_is_enough_and_a_username_is_made()
    {
        var email = $"{NewName()}@example.org";

        var made = (await Shop.Anonymous().PostAsync("/auth/register", new { email, password = Password, first_name = "Ada", last_name = "King" })).ShouldBe(201);

        made["username"].GetString()!.ShouldMatch("^ada\\.king-[0-9]{10}$");
        (await Shop.SignInAsync(email, Password)).Token.ShouldNotBeNull();
        (await Shop.SignInAsync(made["username"].GetString()!, Password)).Token.ShouldNotBeNull();
    }

    [TestCase("Customer", "X")]
    [TestCase("Ü", "Ö")]
    [TestCase("...", null)]
    [TestCase("Anna-Maria von und zu der langen Straße am großen Fluss", "Tausendschön")]
    public async Task A_made_username_is_a_valid_one(string firstName, string? lastName)
    {
        var made = (await Shop.Anonymous().PostAsync(
            "/auth/register", new { email = $"{NewName()}@example.org", password = Password, first_name = firstName, last_name = lastName })).ShouldBe(201);

        made["username"].GetString()!.ShouldMatch("^(?!customer-)[A-Za-z0-9._-]{3,50}$");
    }

    [Test]
    public async Task Names_of_properties_are_read_in_any_case_with_or_without_underscores()
    {
        var made = await Shop.Anonymous().PostAsync("/auth/register", new { Username = NewName(), PassWord = Password, firstName = "A", LAST_NAME = "B" });

        made.ShouldBe(201)["first_name"].GetString().ShouldBe("A");
        made["last_name"].GetString().ShouldBe("B");
    }

    [TestCase("{}", "password")]
    [TestCase("""{"password":"correct horse"}""", "username")]
    [TestCase("""{"username":"somebody"}""", "password")]
    [TestCase("""{"username":"somebody","password":"short"}""", "password")]
    [TestCase("""{"username":"somebody","password":12345678}""", "password")]
    [TestCase("""{"username":"ab","password":"correct horse"}""", "username")]
    [TestCase("""{"username":"","password":"correct horse"}""", "username")]
    [TestCase("""{"username":"with space","password":"correct horse"}""", "username")]
    [TestCase("""{"username":"at@sign","password":"correct horse"}""", "username")]
    [TestCase("""{"username":"customer-17850","password":"correct horse"}""", "username")]
    [TestCase("""{"username":"CUSTOMER-1","password":"correct horse"}""", "username")]
    [TestCase("""{"email":"nowhere","password":"correct horse"}""", "email")]
    [TestCase("""{"email":"a@b@c","password":"correct horse"}""", "email")]
    [TestCase("""{"email":"","password":"correct horse"}""", "email")]
    [TestCase("""{"username":"somebody","password":"correct horse","first_name":["A"]}""", "first_name")]
    [TestCase("""{"username":"somebody","password":"correct horse","gender":"AAAAAAAAAABBBBBBBBBBCCCCCCCCCCDDDDDDDDDDEEEEEEEEEEF"}""", "gender")]
    [TestCase("""{"username":"somebody","password":"correct horse","first_name":"A\u0000"}""", "first_name")]
    [TestCase("""{"username":"somebody","password":"correct horse","Pass_word":"correct horse"}""", "password")]
    public async Task Bad_input_is_400_and_names_the_field(string body, string field)
    {
        var refused = await Shop.Anonymous().PostAsync("/auth/register", body);

        refused.ShouldBe(400).Json.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(refused.Body);
    }

    [Test]
    public async Task A_username_or_email_that_is_taken_in_any_case_is_409()
    {
        var name = NewName();
        (await Shop.Anonymous().PostAsync("/auth/register", new { username = name, email = $"{name}@example.org", password = Password })).ShouldBe(201);

        (await Shop.Anonymous().PostAsync("/auth/register", new { username = name.ToUpperInvariant(), password = Password }))
            .ShouldBeProblem(409, "username_taken");
        (await Shop.Anonymous().PostAsync("/auth/register", new { email = $"{name}@EXAMPLE.org".ToUpperInvariant(), password = Password }))
            .ShouldBeProblem(409, "email_taken");
    }

    [Test]
    public async Task Of_many_who_want_one_username_at_once_one_gets_it()
    {
        var name = NewName();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Shop.Anonymous().PostAsync(
            "/auth/register", new { username = i % 2 == 0 ? name : name.ToUpperInvariant(), password = Password })));

        answers.Count(answer => answer.Status == 201).ShouldBe(1);
        answers.Where(answer => answer.Status != 201).ShouldAllBe(answer => answer.Status == 409 && answer.Code == "username_taken");
    }

    private static string NewName() => "reg-" + Guid.NewGuid().ToString("N")[..12];
}
