-- Outbox revives

-- @p NVarChar, @p3 Int, @p4 DateTimeOffset, @id BigInt
UPDATE [o]
SET [o].[status] = @p,
    [o].[attempts] = @p3,
    [o].[next_attempt_at] = @p4,
    [o].[finished_at] = NULL
FROM [outbox_deliveries] AS [o]
WHERE [o].[status] = N'dead' AND EXISTS (
    SELECT 1
    FROM [outbox] AS [o0]
    WHERE [o0].[id] = @id AND [o0].[event_id] = [o].[event_id])
