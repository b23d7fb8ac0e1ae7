using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Auth;

public sealed class SignOutTests : ShopTest
{
    [Test]
    public async Task It_ends_that_sign_in_at_once_and_leaves_others()
    {
        var user = await Shop.CustomerAsync();
        var elsewhere = await Shop.SignInAsync(user.Username, "correct horse");

        (await user.PostAsync("/auth/logout", new { refresh_token = user.RefreshToken })).ShouldBe(204).Body.ShouldBeEmpty();

        (await user.GetAsync("/users/me")).ShouldBeProblem(401, "unauthenticated");
        (await Shop.Anonymous().PostAsync("/auth/refresh", new { refresh_token = user.RefreshToken })).ShouldBeProblem(401, "refresh_token_invalid");
        (await elsewhere.GetAsync("/users/me")).ShouldBe(200);
    }

    [Test]
    public async Task It_needs_no_access_token_and_can_be_repeated()
    {
        var user = await Shop.CustomerAsync();

        (await Shop.Anonymous().PostAsync("/auth/logout", new { refresh_token = user.RefreshToken })).ShouldBe(204);
        (await Shop.Anonymous().PostAsync("/auth/logout", new { refresh_token = user.RefreshToken })).ShouldBe(204);
        (await Shop.Anonymous().PostAsync("/auth/logout", new { refresh_token = "unknown" })).ShouldBe(204);
        (await Shop.Anonymous().PostAsync("/auth/logout", new { })).ShouldBeProblem(400, "validation_failed", "refresh_token");
    }
}
