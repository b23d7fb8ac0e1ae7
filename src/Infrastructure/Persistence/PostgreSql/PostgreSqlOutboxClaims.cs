using Microsoft.EntityFrameworkCore;

namespace Shop.Infrastructure.Persistence.PostgreSql;

internal sealed class PostgreSqlOutboxClaims(ShopDbContext db) : IOutboxClaims
{
    public Task<List<ClaimedDelivery>> ClaimAsync(
        string consumer, Guid owner, DateTimeOffset now, DateTimeOffset until, int count, CancellationToken cancellationToken) =>
        db.Database
            .SqlQuery<ClaimedDelivery>(
                $"""
                WITH due AS (
                    SELECT d.event_id FROM outbox_deliveries d
                    WHERE d.consumer = {consumer} AND d.status = 'waiting' AND d.next_attempt_at <= {now}
                        AND NOT EXISTS (
                            SELECT 1 FROM outbox_deliveries earlier
                            WHERE earlier.consumer = d.consumer AND earlier.status = 'waiting' AND earlier.aggregate_type = d.aggregate_type
                                AND earlier.aggregate_id = d.aggregate_id AND earlier.sequence < d.sequence)
                    ORDER BY d.next_attempt_at
                    LIMIT {count}
                    FOR UPDATE OF d SKIP LOCKED)
                UPDATE outbox_deliveries d SET lease_owner = {owner}, attempts = d.attempts + 1, next_attempt_at = {until}
                FROM due
                WHERE d.event_id = due.event_id AND d.consumer = {consumer}
                RETURNING d.event_id AS "EventId", d.attempts AS "Attempts"
                """)
            .ToListAsync(cancellationToken);
}
