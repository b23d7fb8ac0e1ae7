using Microsoft.EntityFrameworkCore;
using Shop.Application.Abstractions;
using Shop.Domain.Outbox;
using Shop.Domain.Webhooks;
using Shop.Infrastructure.Persistence;

namespace Shop.Infrastructure.Webhooks;

internal sealed class WebhookDeliveries(ShopDbContext db, TimeProvider clock) : IWebhookDeliveries
{
    public async Task<bool> ReviveAsync(long id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var revived = await db.WebhookDeliveries
            .Where(each => each.Id == id && each.Status != DeliveryStatus.Waiting
                && db.Webhooks.Any(webhook => webhook.Id == each.WebhookId && webhook.IsActive))
            .ExecuteUpdateAsync(
                row => row
                    .SetProperty(each => each.Status, DeliveryStatus.Waiting)
                    .SetProperty(each => each.Attempts, 0)
                    .SetProperty(each => each.NextAttemptAt, now)
                    .SetProperty(each => each.GiveUpAt, now + WebhookDelivery.Patience)
                    .SetProperty(each => each.FinishedAt, (DateTimeOffset?)null),
                cancellationToken);
        db.HasDeliveries |= revived > 0;
        return revived > 0;
    }
}
