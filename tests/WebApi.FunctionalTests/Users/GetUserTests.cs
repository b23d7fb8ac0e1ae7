using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Users;

public sealed class GetUserTests : ShopTest
{
    [Test]
    public async Task A_user_sees_themselves_and_the_admin_sees_them_too()
    {
        var user = await Shop.CustomerAsync();

        var me = (await user.GetAsync("/users/me")).ShouldBe(200);

        me.Id.ShouldBe(user.UserId);
        (await user.GetAsync($"/users/{user.UserId}")).ShouldBe(200).Body.ShouldBe(me.Body);
        (await Admin.GetAsync($"/users/{user.UserId}")).ShouldBe(200).Body.ShouldBe(me.Body);
        me.Body.ShouldNotContain("password", Case.Insensitive);
        me.Body.ShouldNotContain("hash", Case.Insensitive);
    }

    [Test]
    public async Task Somebody_elses_is_404_like_one_who_is_not_there()
    {
        var (user, other) = (await Shop.CustomerAsync(), await Shop.CustomerAsync());

        (await other.GetAsync($"/users/{user.UserId}")).ShouldBeProblem(404, "user_not_found");
        (await Admin.GetAsync("/users/999999999")).ShouldBeProblem(404, "user_not_found");
        (await Admin.GetAsync("/users/0")).ShouldBeProblem(404, "user_not_found");
        (await Admin.GetAsync("/users/99999999999999999999")).ShouldBeProblem(404, "not_found");
    }

    [Test]
    public async Task Nobody_signed_in_is_401()
    {
        (await Shop.Anonymous().GetAsync("/users/me")).ShouldBeProblem(401, "unauthenticated").Header("WWW-Authenticate").ShouldBe("Bearer");
        (await Shop.Anonymous().GetAsync("/users/1")).ShouldBeProblem(401, "unauthenticated");
    }

    [Test]
    public async Task What_the_caller_knows_already_is_304()
    {
        var user = await Shop.CustomerAsync();
        var tag = (await user.GetAsync("/users/me")).ETag;

        var unchanged = await user.GetAsync("/users/me", ("If-None-Match", $"\"other\", W/{tag}"));
        unchanged.ShouldBe(304).Body.ShouldBeEmpty();
        unchanged.ETag.ShouldBe(tag);

        (await user.PatchAsync($"/users/{user.UserId}", new { gender = "x" })).ShouldBe(200);
        (await user.GetAsync("/users/me", ("If-None-Match", tag))).ShouldBe(200).ETag.ShouldNotBe(tag);
    }
}
