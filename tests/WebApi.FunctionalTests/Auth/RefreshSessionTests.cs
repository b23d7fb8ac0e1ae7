using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Auth;

public sealed class RefreshSessionTests : ShopTest
{
    [Test]
    public async Task A_refresh_token_is_traded_for_a_new_pair()
    {
        var user = await Shop.CustomerAsync();

        var pair = (await RefreshAsync(user.RefreshToken)).ShouldBe(200);

        pair["refresh_token"].GetString().ShouldNotBe(user.RefreshToken);
        (await MeAsync(pair["access_token"].GetString())).ShouldBe(200).Id.ShouldBe(user.UserId);
        (await user.GetAsync("/users/me")).ShouldBe(200);
        (await RefreshAsync(pair["refresh_token"].GetString())).ShouldBe(200);
    }

    [Test]
    public async Task One_used_twice_ends_its_family_with_all_its_access_tokens_and_no_other()
    {
        var user = await Shop.CustomerAsync();
        var elsewhere = await Shop.SignInAsync(user.Username, "correct horse");
        var pair = (await RefreshAsync(user.RefreshToken)).ShouldBe(200);

        (await RefreshAsync(user.RefreshToken)).ShouldBeProblem(401, "refresh_token_invalid");

        (await RefreshAsync(pair["refresh_token"].GetString())).ShouldBeProblem(401, "refresh_token_invalid");
        (await MeAsync(pair["access_token"].GetString())).ShouldBeProblem(401, "unauthenticated");
        (await user.GetAsync("/users/me")).ShouldBeProblem(401, "unauthenticated");
        (await elsewhere.GetAsync("/users/me")).ShouldBe(200);
        (await RefreshAsync(elsewhere.RefreshToken)).ShouldBe(200);
    }

    [Test]
    public async Task Many_who_use_one_at_once_end_its_family()
    {
        var user = await Shop.CustomerAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RefreshAsync(user.RefreshToken)));

        answers.Count(answer => answer.Status == 200).ShouldBeLessThanOrEqualTo(1);
        answers.Where(answer => answer.Status != 200).ShouldAllBe(answer => answer.Status == 401);
        (await user.GetAsync("/users/me")).ShouldBeProblem(401, "unauthenticated");
    }

    [Test]
    public async Task One_that_has_expired_or_never_was_is_401()
    {
        var user = await Shop.CustomerAsync();
        await Shop.ScalarAsync<long>($"""
            UPDATE refresh_tokens SET expires_at = now() - interval '1 second'
            FROM sessions s WHERE s.id = session_id AND s.user_id = {user.UserId} RETURNING s.id
            """);

        (await RefreshAsync(user.RefreshToken)).ShouldBeProblem(401, "refresh_token_invalid");
        (await RefreshAsync("nonsense")).ShouldBeProblem(401, "refresh_token_invalid");
    }

    [TestCase("{}")]
    [TestCase("""{"refresh_token":null}""")]
    [TestCase("""{"refresh_token":""}""")]
    [TestCase("""{"refresh_token":7}""")]
    public async Task Bad_input_is_400(string body) =>
        (await Shop.Anonymous().PostAsync("/auth/refresh", body)).ShouldBeProblem(400, "validation_failed", "refresh_token");

    private Task<Answer> RefreshAsync(string? token) => Shop.Anonymous().PostAsync("/auth/refresh", new { refresh_token = token });

    private Task<Answer> MeAsync(string? token)
    {
        var actor = Shop.Anonymous();
        actor.Token = token;
        return actor.GetAsync("/users/me");
    }
}
