using Microsoft.EntityFrameworkCore;
using Shop.Application.Abstractions;
using Shop.Domain.Outbox;
using Shop.Domain.Webhooks;
using Shop.Infrastructure.Persistence;

namespace Shop.Infrastructure.Webhooks;

/// <summary>Files every event with the subscriptions that want it, exactly once each; sending is not its business.</summary>
internal sealed class WebhookFiling(ShopDbContext db, TimeProvider clock) : IEventConsumer
{
    public static string Name => "webhooks";

    public static bool IsTransactional => true;

    public static bool NeedsSubscribers => true;

    public static bool Wants(string type) => true;

    public async Task HandleAsync(OutboxEvent happened, CancellationToken cancellationToken)
    {
        var active = await db.Webhooks.AsNoTracking()
            .Where(webhook => webhook.IsActive)
            .Select(webhook => new { webhook.Id, webhook.EventTypes })
            .ToListAsync(cancellationToken);
        long[] wanting = [.. active.Where(webhook => webhook.EventTypes.Contains(happened.Type)).Select(webhook => webhook.Id)];
        if (wanting.Length == 0)
        {
            return;
        }

        var pauses = await PausesAsync(happened, cancellationToken);
        var (body, now) = (WebhookBody.Of(happened), clock.GetUtcNow());
        foreach (var id in wanting)
        {
            db.Add(WebhookDelivery.Of(id, happened, body, now, pauses.GetValueOrDefault(id, now)));
        }

        db.HasDeliveries = true;
    }

    /// <summary>Until when earlier events of the aggregate pause; what comes after them need not be looked at before.</summary>
    private Task<Dictionary<long, DateTimeOffset>> PausesAsync(OutboxEvent happened, CancellationToken cancellationToken) =>
        db.WebhookDeliveries
            .Where(each => each.Status == DeliveryStatus.Waiting && each.LeaseOwner == null
                && each.AggregateType == happened.AggregateType && each.AggregateId == happened.AggregateId)
            .GroupBy(each => each.WebhookId)
            .Select(each => new { WebhookId = each.Key, Until = each.Max(delivery => delivery.NextAttemptAt) })
            .ToDictionaryAsync(each => each.WebhookId, each => each.Until, cancellationToken);
}
