using Microsoft.EntityFrameworkCore;

namespace Shop.Infrastructure.Persistence.SqlServer;

/// <summary>One statement whose own condition decides, as for the outbox.</summary>
internal sealed class SqlServerWebhookClaims(ShopDbContext db) : IWebhookClaims
{
    public Task<List<long>> ClaimAsync(
        long webhookId, Guid owner, DateTimeOffset now, DateTimeOffset until, int count, CancellationToken cancellationToken) =>
        db.Database
            .SqlQuery<long>(
                $"""
                UPDATE TOP ({count}) webhook_deliveries SET lease_owner = {owner}, attempts = attempts + 1, next_attempt_at = {until}
                OUTPUT inserted.id AS [Value]
                WHERE webhook_id = {webhookId} AND status = 'waiting' AND next_attempt_at <= {now}
                    AND sequence = (
                        SELECT MIN(ahead.sequence) FROM webhook_deliveries ahead
                        WHERE ahead.webhook_id = webhook_deliveries.webhook_id AND ahead.status = 'waiting'
                            AND ahead.aggregate_type = webhook_deliveries.aggregate_type AND ahead.aggregate_id = webhook_deliveries.aggregate_id)
                """)
            .ToListAsync(cancellationToken);
}
