using Microsoft.Extensions.DependencyInjection;
using Shop.Application.Abstractions;

namespace Shop.Infrastructure.Analytics;

internal static class AnalyticsRegistration
{
    public static IServiceCollection AddAnalytics(this IServiceCollection services, ShopSettings settings) =>
        services
            .AddSingleton(new ShopCalendar(settings.TimeZone))
            .AddSingleton<IShopCalendar>(provider => provider.GetRequiredService<ShopCalendar>())
            .AddScoped<ISalesStatistics, SalesStatistics>()
            .AddScoped<SalesOpening>()
            .AddSingleton<SalesFolding>();
}
