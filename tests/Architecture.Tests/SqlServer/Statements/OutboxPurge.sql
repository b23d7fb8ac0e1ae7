-- OutboxPurge purges

-- BEGIN TRANSACTION, ReadCommitted

-- @taken Int OUTPUT, @p0 NVarChar, @p1 NVarChar, @p2 Int
EXEC @taken = sp_getapplock @Resource = @p0, @LockMode = @p1, @LockOwner = 'Transaction', @LockTimeout = @p2

-- @p Int, @_8__locals1_before DateTimeOffset
DELETE FROM [o]
FROM [outbox] AS [o]
WHERE [o].[id] IN (
    SELECT TOP(@p) [o0].[id]
    FROM [outbox] AS [o0]
    WHERE [o0].[created_at] < @_8__locals1_before AND NOT EXISTS (
        SELECT 1
        FROM [outbox_deliveries] AS [o1]
        WHERE [o0].[event_id] = [o1].[event_id] AND [o1].[status] <> N'done')
    ORDER BY [o0].[created_at]
)

-- COMMIT
