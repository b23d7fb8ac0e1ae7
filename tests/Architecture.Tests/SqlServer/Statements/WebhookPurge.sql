-- WebhookPurge purges

-- BEGIN TRANSACTION, ReadCommitted

-- @taken Int OUTPUT, @p0 NVarChar, @p1 NVarChar, @p2 Int
EXEC @taken = sp_getapplock @Resource = @p0, @LockMode = @p1, @LockOwner = 'Transaction', @LockTimeout = @p2

-- @p NVarChar, @p3 DateTimeOffset, @p4 NVarChar, @now DateTimeOffset
UPDATE [w]
SET [w].[status] = @p,
    [w].[finished_at] = @p3,
    [w].[last_error] = @p4
FROM [webhook_deliveries] AS [w]
WHERE [w].[status] = N'waiting' AND [w].[give_up_at] < @now AND [w].[lease_owner] IS NULL AND EXISTS (
    SELECT 1
    FROM [webhooks] AS [w0]
    WHERE [w0].[id] = [w].[webhook_id] AND [w0].[active] = CAST(0 AS bit))

-- @p Int, @before DateTimeOffset
DELETE FROM [w]
FROM [webhook_deliveries] AS [w]
WHERE [w].[id] IN (
    SELECT TOP(@p) [w0].[id]
    FROM [webhook_deliveries] AS [w0]
    WHERE [w0].[status] <> N'waiting' AND [w0].[finished_at] < @before
    ORDER BY [w0].[finished_at]
)

-- COMMIT
