using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shop.Application.Orders;
using Shop.Infrastructure.Jobs;
using Shop.Infrastructure.Payments;

namespace Shop.WebApi.FunctionalTests.Support;

/// <summary>The payments' sweeper at a test's command.</summary>
internal static class Sweeping
{
    /// <summary>Sweeps once, now.</summary>
    public static Task SweepAsync(this ShopServer shop) => shop.Services.GetRequiredService<PaymentSweep>().RunAsync(default);

    /// <summary>Sweeps until no refund is under way: the sweeper of the shop itself may be at one.</summary>
    public static async Task SettleAsync(this ShopServer shop)
    {
        while (await shop.ScalarAsync<long>("SELECT count(*) FROM refunds WHERE status = 'pending'") > 0)
        {
            await shop.SweepAsync();
        }
    }

    /// <summary>Ends what is expired, as its sweep does.</summary>
    public static async Task ExpireAsync(this ShopServer shop)
    {
        await using var scope = shop.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IOrderExpiry>().SweepAsync(default);
    }

    /// <summary>Lets nothing but <see cref="SweepAsync"/> and <see cref="ExpireAsync"/> sweep.</summary>
    public static IServiceCollection WithoutSweeper(this IServiceCollection services)
    {
        services.Remove(services.Single(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType == typeof(LateWorker<PaymentSweeper>)));
        services.Remove(services.Single(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType == typeof(LateWorker<ExpirySweep>)));
        return services;
    }

    /// <summary>Sets the shop's clock.</summary>
    public static IServiceCollection UseClock(this IServiceCollection services, TimeProvider clock) => services.AddSingleton(clock);
}
