using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shop.Infrastructure.Analytics;
using Shop.Infrastructure.Outbox;
using Shop.Infrastructure.Persistence.Interceptors;

namespace Shop.Infrastructure.Persistence;

/// <summary>What both providers' contexts have in common.</summary>
internal static class ShopOptions
{
    /// <summary>A broken constraint is an answer, not an incident; what is one gets logged where it surfaces.</summary>
    public static DbContextOptionsBuilder UseShopConventions(this DbContextOptionsBuilder options, IServiceProvider services) =>
        options
            .AddInterceptors(
                new OutboxInterceptor([.. services.GetServices<EventConsumer>()]),
                new SalesInterceptor(services.GetRequiredService<ShopCalendar>()),
                new VersionInterceptor(),
                new CatalogInterceptor())
            .ConfigureWarnings(warnings => warnings.Log(
                (RelationalEventId.ConnectionError, LogLevel.Debug),
                (RelationalEventId.CommandError, LogLevel.Debug),
                (CoreEventId.SaveChangesFailed, LogLevel.Debug),
                (CoreEventId.OptimisticConcurrencyException, LogLevel.Debug)));
}
