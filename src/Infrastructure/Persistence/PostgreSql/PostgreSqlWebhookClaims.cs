using Microsoft.EntityFrameworkCore;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <remarks>The first delivery of the aggregate is looked up row by row in its index, as for the outbox.</remarks>
internal sealed class PostgreSqlWebhookClaims(ShopDbContext db) : IWebhookClaims
{
    public Task<List<long>> ClaimAsync(
        long webhookId, Guid owner, DateTimeOffset now, DateTimeOffset until, int count, CancellationToken cancellationToken) =>
        db.Database
            .SqlQuery<long>(
                $"""
                WITH due AS (
                    SELECT d.id FROM webhook_deliveries d
                    WHERE d.webhook_id = {webhookId} AND d.status = 'waiting' AND d.next_attempt_at <= {now}
                        AND d.sequence = (
                            SELECT MIN(ahead.sequence) FROM webhook_deliveries ahead
                            WHERE ahead.webhook_id = d.webhook_id AND ahead.status = 'waiting' AND ahead.aggregate_type = d.aggregate_type
                                AND ahead.aggregate_id = d.aggregate_id)
                    ORDER BY d.next_attempt_at
                    LIMIT {count}
                    FOR UPDATE OF d SKIP LOCKED)
                UPDATE webhook_deliveries d SET lease_owner = {owner}, attempts = d.attempts + 1, next_attempt_at = {until}
                FROM due
                WHERE d.id = due.id
                RETURNING d.id AS "Value"
                """)
            .ToListAsync(cancellationToken);
}
