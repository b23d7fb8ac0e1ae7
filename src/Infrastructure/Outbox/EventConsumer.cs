using Microsoft.Extensions.DependencyInjection;
using Shop.Application.Abstractions;
using Shop.Domain.Outbox;

namespace Shop.Infrastructure.Outbox;

/// <summary>What the outbox knows of a consumer before it needs one.</summary>
/// <param name="Name">What its deliveries are filed under.</param>
/// <param name="Wants">Whether it wants events of a type.</param>
/// <param name="IsTransactional">Whether it runs in one unit of work with the note that it is done.</param>
/// <param name="HandleAsync">Lets one, made in a scope, do its work.</param>
/// <param name="NeedsSubscribers">Whether it has work only while another system subscribes to events.</param>
internal sealed record EventConsumer(
    string Name,
    Func<string, bool> Wants,
    bool IsTransactional,
    Func<IServiceProvider, OutboxEvent, CancellationToken, Task> HandleAsync,
    bool NeedsSubscribers = false);

internal static class EventConsumers
{
    /// <summary>Lets a consumer have the events that it wants, from now on.</summary>
    public static IServiceCollection AddEventConsumer<T>(this IServiceCollection services)
        where T : class, IEventConsumer =>
        services
            .AddScoped<T>()
            .AddSingleton(new EventConsumer(
                T.Name,
                T.Wants,
                T.IsTransactional,
                (scope, happened, cancellationToken) => scope.GetRequiredService<T>().HandleAsync(happened, cancellationToken),
                T.NeedsSubscribers));
}
