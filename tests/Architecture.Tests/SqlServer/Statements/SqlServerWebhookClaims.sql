-- SqlServerWebhookClaims claims

-- @p0 Int, @p1 UniqueIdentifier, @p2 DateTimeOffset, @p3 BigInt, @p4 DateTimeOffset
UPDATE TOP (@p0) webhook_deliveries SET lease_owner = @p1, attempts = attempts + 1, next_attempt_at = @p2
OUTPUT inserted.id AS [Value]
WHERE webhook_id = @p3 AND status = 'waiting' AND next_attempt_at <= @p4
    AND sequence = (
        SELECT MIN(ahead.sequence) FROM webhook_deliveries ahead
        WHERE ahead.webhook_id = webhook_deliveries.webhook_id AND ahead.status = 'waiting'
            AND ahead.aggregate_type = webhook_deliveries.aggregate_type AND ahead.aggregate_id = webhook_deliveries.aggregate_id)
