using Microsoft.EntityFrameworkCore;
using Shop.Application.Abstractions;
using Shop.Domain.Outbox;

namespace Shop.Infrastructure.Persistence;

internal sealed class Outbox(ShopDbContext db, TimeProvider clock) : IOutbox
{
    public async Task<int> ReviveAsync(long id, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var revived = await db.OutboxDeliveries
            .Where(delivery => delivery.Status == DeliveryStatus.Dead
                && db.OutboxEvents.Any(each => each.Id == id && each.EventId == delivery.EventId))
            .ExecuteUpdateAsync(
                row => row
                    .SetProperty(delivery => delivery.Status, DeliveryStatus.Waiting)
                    .SetProperty(delivery => delivery.Attempts, 0)
                    .SetProperty(delivery => delivery.NextAttemptAt, now)
                    .SetProperty(delivery => delivery.FinishedAt, (DateTimeOffset?)null),
                cancellationToken);
        db.HasDeliveries |= revived > 0;
        return revived;
    }
}
