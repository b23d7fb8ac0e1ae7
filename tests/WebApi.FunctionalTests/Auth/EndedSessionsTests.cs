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
}
