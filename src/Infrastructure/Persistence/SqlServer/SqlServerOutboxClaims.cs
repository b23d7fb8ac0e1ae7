using Microsoft.EntityFrameworkCore;

namespace Shop.Infrastructure.Persistence.SqlServer;

/// <summary>
/// One statement whose own condition decides: a row that another worker claims meanwhile no longer fits once its lock is free. No hint
/// is needed for that, which servers that only speak the protocol would ignore.
/// </summary>
internal sealed class SqlServerOutboxClaims(ShopDbContext db) : IOutboxClaims
{
    public Task<List<ClaimedDelivery>> ClaimAsync(
        string consumer, Guid owner, DateTimeOffset now, DateTimeOffset until, int count, CancellationToken cancellationToken) =>
        db.Database
            .SqlQuery<ClaimedDelivery>(
                $"""
                UPDATE TOP ({count}) outbox_deliveries SET lease_owner = {owner}, attempts = attempts + 1, next_attempt_at = {until}
                OUTPUT inserted.event_id AS [EventId], inserted.attempts AS [Attempts]
                WHERE consumer = {consumer} AND status = 'waiting' AND next_attempt_at <= {now}
                    AND sequence = (
                        SELECT MIN(ahead.sequence) FROM outbox_deliveries ahead
                        WHERE ahead.consumer = outbox_deliveries.consumer AND ahead.status = 'waiting'
                            AND ahead.aggregate_type = outbox_deliveries.aggregate_type AND ahead.aggregate_id = outbox_deliveries.aggregate_id)
                """)
            .ToListAsync(cancellationToken);
}
