using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Auth;

public sealed class ChangePasswordTests : ShopTest
{
    private const string Old = "correct horse";
    private const string New = "battery staple";

    [Test]
    public async Task The_new_password_counts_and_every_sign_in_ends()
    {
        var user = await Shop.CustomerAsync();
        var elsewhere = await Shop.SignInAsync(user.Username, Old);

        (await user.PostAsync("/auth/change_password", new { current_password = Old, new_password = New })).ShouldBe(204);

        foreach (var actor in new[] { user, elsewhere })
        {
            (await actor.GetAsync("/users/me")).ShouldBeProblem(401, "unauthenticated");
            (await Shop.Anonymous().PostAsync("/auth/refresh", new { refresh_token = actor.RefreshToken })).ShouldBeProblem(401, "refresh_token_invalid");
        }

        (await Shop.Anonymous().PostAsync("/auth/login", new { login = user.Username, password = Old })).ShouldBeProblem(401, "wrong_credentials");
        (await (await Shop.SignInAsync(user.Username, New)).GetAsync("/users/me")).ShouldBe(200).Id.ShouldBe(user.UserId);
    }

    [TestCase("""{"current_password":"wrong horse","new_password":"battery staple"}""", "current_password")]
    [TestCase("""{"new_password":"battery staple"}""", "current_password")]
    [TestCase("""{"current_password":"correct horse"}""", "new_password")]
    [TestCase("""{"current_password":"correct horse","new_password":"short"}""", "new_password")]
    public async Task Bad_input_is_400_names_the_field_and_ends_nothing(string body, string field)
    {
        var user = await Shop.CustomerAsync();

        var refused = await user.PostAsync("/auth/change_password", body);

        refused.ShouldBe(400).Json.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue(refused.Body);
        (await user.GetAsync("/users/me")).ShouldBe(200);
        (await Shop.SignInAsync(user.Username, Old)).Token.ShouldNotBeNull();
    }

    [Test]
    public async Task Nobody_signed_in_is_401() =>
        (await Shop.Anonymous().PostAsync("/auth/change_password", new { current_password = Old, new_password = New })).ShouldBeProblem(401, "unauthenticated");

    [Test]
    public async Task Of_many_at_once_one_wins_and_its_password_is_the_one_that_counts()
    {
        var user = await Shop.CustomerAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i =>
            user.PostAsync("/auth/change_password", new { current_password = Old, new_password = $"{New} {i}" })));

        answers.Count(answer => answer.Status == 204).ShouldBe(1, string.Join('\n', answers.Select(answer => $"{answer.Status} {answer.Body}")));
        answers.ShouldAllBe(answer => answer.Status == 204 || answer.Status == 400 || answer.Status == 401 || answer.Status == 409);
        var winner = Array.FindIndex(answers, answer => answer.Status == 204);
        (await Shop.SignInAsync(user.Username, $"{New} {winner}")).Token.ShouldNotBeNull();
    }

    [Test]
    public async Task No_sign_in_with_the_old_password_outlives_the_change_however_close_they_come()
    {
        for (var round = 0; round < 5; round++)
        {
            var user = await Shop.CustomerAsync();

            var change = user.PostAsync("/auth/change_password", new { current_password = Old, new_password = New });
            var signIns = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
                Shop.Anonymous().PostAsync("/auth/login", new { login = user.Username, password = Old })));
            (await change).ShouldBe(204);

            foreach (var signIn in signIns.Where(answer => answer.Status == 200))
            {
                var actor = Shop.Anonymous();
                actor.Token = signIn["access_token"].GetString();
                (await actor.GetAsync("/users/me")).ShouldBeProblem(401, "unauthenticated");
            }
        }
    }
}
