using System.Text.Json;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Users;

public sealed class UpdateUserTests : ShopTest
{
    [Test]
    public async Task What_is_given_changes_and_the_rest_stays()
    {
        var user = await Shop.CustomerAsync();
        (await user.PatchAsync($"/users/{user.UserId}", new { first_name = "Ada", last_name = "King", gender = "f", email = $"{user.Username}@example.org" })).ShouldBe(200);

        var changed = await user.PatchAsync($"/users/{user.UserId}", """{"lastName":"Lovelace","gender":null,"roles":["admin"],"id":1}""");

        changed.ShouldBe(200)["first_name"].GetString().ShouldBe("Ada");
        changed["last_name"].GetString().ShouldBe("Lovelace");
        changed["gender"].ValueKind.ShouldBe(JsonValueKind.Null);
        changed["email"].GetString().ShouldBe($"{user.Username}@example.org");
        changed["username"].GetString().ShouldBe(user.Username);
        changed["roles"].GetArrayLength().ShouldBe(0);
        changed.Id.ShouldBe(user.UserId);
        (await user.GetAsync("/users/me")).ShouldBe(200).Body.ShouldBe(changed.Body);
    }

    [Test]
    public async Task A_new_username_signs_in_and_the_old_one_is_free()
    {
        var user = await Shop.CustomerAsync();

        (await user.PatchAsync($"/users/{user.UserId}", new { username = $"{user.Username}-2" })).ShouldBe(200);

        (await Shop.SignInAsync($"{user.Username}-2", "correct horse")).Token.ShouldNotBeNull();
        (await Shop.Anonymous().PostAsync("/users", new { username = user.Username })).ShouldBe(201);
    }

    [Test]
    public async Task Ones_own_name_in_another_case_is_not_taken()
    {
        var user = await Shop.CustomerAsync();

        (await user.PatchAsync($"/users/{user.UserId}", new { username = user.Username.ToUpperInvariant() }))
            .ShouldBe(200)["username"].GetString().ShouldBe(user.Username.ToUpperInvariant());
    }

    [TestCase("""{"username":null}""", "username")]
    [TestCase("""{"username":"x"}""", "username")]
    [TestCase("""{"username":"Customer-9"}""", "username")]
    [TestCase("""{"email":"nowhere"}""", "email")]
    [TestCase("""{"first_name":5}""", "first_name")]
    [TestCase("""{"first_name":"A","firstName":"B"}""", "first_name")]
    public async Task Bad_input_is_400_and_names_the_field(string body, string field)
    {
        var user = await Shop.CustomerAsync();

        var refused = await user.PatchAsync($"/users/{user.UserId}", body);

        refused.ShouldBe(400).Json.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(refused.Body);
    }

    [Test]
    public async Task A_taken_name_is_409()
    {
        var (user, other) = (await Shop.CustomerAsync(), await Shop.CustomerAsync());
        (await other.PatchAsync($"/users/{other.UserId}", new { email = $"{other.Username}@example.org" })).ShouldBe(200);

        (await user.PatchAsync($"/users/{user.UserId}", new { username = other.Username.ToUpperInvariant() })).ShouldBeProblem(409, "username_taken");
        (await user.PatchAsync($"/users/{user.UserId}", new { email = $"{other.Username}@EXAMPLE.org" })).ShouldBeProblem(409, "email_taken");
    }

    [Test]
    public async Task Somebody_elses_is_404_nobodys_is_401_and_the_admin_may()
    {
        var (user, other) = (await Shop.CustomerAsync(), await Shop.CustomerAsync());

        (await other.PatchAsync($"/users/{user.UserId}", new { gender = "x" })).ShouldBeProblem(404, "user_not_found");
        (await Shop.Anonymous().PatchAsync($"/users/{user.UserId}", new { gender = "x" })).ShouldBeProblem(401, "unauthenticated");
        (await Admin.PatchAsync("/users/999999999", new { gender = "x" })).ShouldBeProblem(404, "user_not_found");
        (await Admin.PatchAsync($"/users/{user.UserId}", new { gender = "x" })).ShouldBe(200)["gender"].GetString().ShouldBe("x");
    }

    [Test]
    public async Task A_stale_version_is_412_and_changes_nothing()
    {
        var user = await Shop.CustomerAsync();
        var path = $"/users/{user.UserId}";
        var first = (await user.GetAsync(path)).ETag;

        var second = (await user.PatchAsync(path, new { gender = "a" }, ("If-Match", first))).ShouldBe(200).ETag;

        second.ShouldNotBe(first);
        (await user.PatchAsync(path, new { gender = "b" }, ("If-Match", first))).ShouldBeProblem(412, "precondition_failed");
        (await user.PatchAsync(path, new { gender = "b" }, ("If-Match", $"W/{second}"))).ShouldBeProblem(412, "precondition_failed");
        (await user.PatchAsync(path, new { gender = "b" }, ("If-Match", "nonsense"))).ShouldBeProblem(412, "precondition_failed");
        (await user.GetAsync(path)).ShouldBe(200)["gender"].GetString().ShouldBe("a");
        (await user.PatchAsync(path, new { gender = "c" }, ("If-Match", $"{first}, {second}"))).ShouldBe(200);
        (await user.PatchAsync(path, new { gender = "d" }, ("If-Match", "*"))).ShouldBe(200);
    }

    [Test]
    public async Task Of_many_with_the_same_version_one_wins()
    {
        var user = await Shop.CustomerAsync();
        var path = $"/users/{user.UserId}";
        var tag = (await user.GetAsync(path)).ETag;

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => user.PatchAsync(path, new { gender = $"g{i}" }, ("If-Match", tag))));

        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        answers.Where(answer => answer.Status != 200).ShouldAllBe(answer => answer.Status == 412);
    }

    [Test]
    public async Task Many_changes_of_different_fields_at_once_all_stay()
    {
        var user = await Shop.CustomerAsync();
        var path = $"/users/{user.UserId}";

        await Task.WhenAll(
            user.PatchAsync(path, new { first_name = "A" }),
            user.PatchAsync(path, new { last_name = "B" }),
            user.PatchAsync(path, new { gender = "C" }),
            user.PatchAsync(path, new { email = $"{user.Username}@example.org" }));

        var after = (await user.GetAsync(path)).ShouldBe(200);
        after["first_name"].GetString().ShouldBe("A");
        after["last_name"].GetString().ShouldBe("B");
        after["gender"].GetString().ShouldBe("C");
        after["email"].GetString().ShouldBe($"{user.Username}@example.org");
    }
}
