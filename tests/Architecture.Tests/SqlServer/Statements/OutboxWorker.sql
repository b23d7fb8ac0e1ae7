-- OutboxWorker finds nothing due

-- @p0 Int, @p1 UniqueIdentifier, @p2 DateTimeOffset, @p3 NVarChar, @p4 DateTimeOffset
UPDATE TOP (@p0) outbox_deliveries SET lease_owner = @p1, attempts = attempts + 1, next_attempt_at = @p2
OUTPUT inserted.event_id AS [EventId], inserted.attempts AS [Attempts]
WHERE consumer = @p3 AND status = 'waiting' AND next_attempt_at <= @p4
    AND sequence = (
        SELECT MIN(ahead.sequence) FROM outbox_deliveries ahead
        WHERE ahead.consumer = outbox_deliveries.consumer AND ahead.status = 'waiting'
            AND ahead.aggregate_type = outbox_deliveries.aggregate_type AND ahead.aggregate_id = outbox_deliveries.aggregate_id)
