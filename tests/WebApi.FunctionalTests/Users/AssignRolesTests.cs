using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Users;

public sealed class AssignRolesTests : ShopTest
{
    private static readonly string[] AdminRole = ["admin"];
    private static readonly string[] None = [];

    [Test]
    public async Task A_role_counts_at_once_on_tokens_that_are_out_already_gained_or_lost()
    {
        var user = await Shop.CustomerAsync();
        (await user.GetAsync("/users")).ShouldBeProblem(403, "admin_only");

        (await Admin.PutAsync($"/users/{user.UserId}/roles", new { roles = AdminRole })).ShouldBe(200)["roles"][0].GetString().ShouldBe("admin");
        (await user.GetAsync("/users")).ShouldBe(200);
        (await user.GetAsync("/users/me")).ShouldBe(200)["roles"][0].GetString().ShouldBe("admin");

        (await Admin.PutAsync($"/users/{user.UserId}/roles", new { roles = None })).ShouldBe(200)["roles"].GetArrayLength().ShouldBe(0);
        (await user.GetAsync("/users")).ShouldBeProblem(403, "admin_only");
    }

    [Test]
    public async Task Giving_what_they_have_changes_nothing()
    {
        var user = await Shop.CustomerAsync();
        var body = new { roles = new[] { "admin", "admin" } };

        (await Admin.PutAsync($"/users/{user.UserId}/roles", body)).ShouldBe(200)["roles"].GetArrayLength().ShouldBe(1);
        (await Admin.PutAsync($"/users/{user.UserId}/roles", body)).ShouldBe(200)["roles"].GetArrayLength().ShouldBe(1);
    }

    [TestCase("{}")]
    [TestCase("""{"roles":null}""")]
    [TestCase("""{"roles":["owner"]}""")]
    [TestCase("""{"roles":["Admin"]}""")]
    [TestCase("""{"roles":[null]}""")]
    [TestCase("""{"roles":"admin"}""")]
    public async Task Bad_input_is_400_and_names_the_field(string body)
    {
        var user = await Shop.CustomerAsync();

        (await Admin.PutAsync($"/users/{user.UserId}/roles", body)).ShouldBeProblem(400, "validation_failed", "roles");
    }

    [Test]
    public async Task It_is_an_admins_alone()
    {
        var user = await Shop.CustomerAsync();
        var path = $"/users/{user.UserId}/roles";

        (await user.PutAsync(path, new { roles = AdminRole })).ShouldBeProblem(403, "admin_only");
        (await Shop.Anonymous().PutAsync(path, new { roles = AdminRole })).ShouldBeProblem(401, "unauthenticated");
        (await Admin.PutAsync("/users/999999999/roles", new { roles = AdminRole })).ShouldBeProblem(404, "user_not_found");
    }

    [Test]
    public async Task A_stale_version_is_412()
    {
        var user = await Shop.CustomerAsync();
        var tag = (await user.GetAsync("/users/me")).ETag;
        (await Admin.PutAsync($"/users/{user.UserId}/roles", new { roles = AdminRole }, ("If-Match", tag))).ShouldBe(200);

        (await Admin.PutAsync($"/users/{user.UserId}/roles", new { roles = None }, ("If-Match", tag))).ShouldBeProblem(412, "precondition_failed");
    }

    [Test]
    public async Task Many_who_give_the_same_role_at_once_give_it_once()
    {
        var user = await Shop.CustomerAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Admin.PutAsync($"/users/{user.UserId}/roles", new { roles = AdminRole })));

        answers.ShouldAllBe(answer => answer.Status == 200 && answer.Json.GetProperty("roles").GetArrayLength() == 1);
    }
}
