using Microsoft.Extensions.DependencyInjection;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Auth;

public sealed class EndedSessionsTests : ShopTest
{
    [Test]
    public async Task A_sign_in_that_nobody_can_renew_is_forgotten_in_passing()
    {
        var clock = new FakeClock();
        await using var shop = await ShopServer.StartAsync(services: services => services.AddSingleton<TimeProvider>(clock));
        var old = await shop.AdminAsync();
        clock.Advance(TimeSpan.FromDays(15));
        var kept = await shop.AdminAsync();
        clock.Advance(TimeSpan.FromDays(16));

        await shop.AdminAsync();

        (await shop.ScalarAsync<long>("SELECT count(*) FROM sessions")).ShouldBe(2);
        (await shop.Anonymous().PostAsync("/auth/refresh", new { refresh_token = old.RefreshToken })).ShouldBe(401);
        (await shop.Anonymous().PostAsync("/auth/refresh", new { refresh_token = kept.RefreshToken })).ShouldBe(200);
    }

    [Test]
    public async Task A_sign_in_that_ended_on_one_node_is_refused_on_another_within_a_second()
    {
        var clock = new FakeClock();
        await using var shop = await ShopServer.StartAsync(services: services => services.AddSingleton<TimeProvider>(clock));
        await using var second = shop.StartSecondNode();
        var user = await shop.CustomerAsync();
        var there = second.Anonymous();
        there.Token = user.Token;
        (await there.GetAsync("/users/me")).ShouldBe(200);

        (await user.PostAsync("/auth/logout", new { refresh_token = user.RefreshToken })).ShouldBe(204);
        clock.Advance(TimeSpan.FromSeconds(1));

        (await there.GetAsync("/users/me")).ShouldBeProblem(401, "unauthenticated");
        (await user.GetAsync("/users/me")).ShouldBeProblem(401, "unauthenticated");
    }
}
