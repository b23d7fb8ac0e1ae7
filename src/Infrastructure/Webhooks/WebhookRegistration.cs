using Microsoft.Extensions.DependencyInjection;
using Shop.Application.Abstractions;
using Shop.Infrastructure.Jobs;
using Shop.Infrastructure.Outbox;

namespace Shop.Infrastructure.Webhooks;

internal static class WebhookRegistration
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(10);

    /// <summary>Adds what files events for other systems and sends them.</summary>
    public static IServiceCollection AddWebhooks(this IServiceCollection services) =>
        services
            .AddSingleton<WebhookSecrets>()
            .AddSingleton<IWebhookSecrets>(provider => provider.GetRequiredService<WebhookSecrets>())
            .AddScoped<IWebhookDeliveries, WebhookDeliveries>()
            .AddSingleton(new WebhookPatience(TimeLimit))
            .AddSingleton<WebhookSender>()
            .AddSingleton<WebhookWorker>()
            .AddSingleton<WebhookPurge>()
            .AddEventConsumer<WebhookFiling>()
            .AddLateWorker<WebhookDispatcher>();
}
