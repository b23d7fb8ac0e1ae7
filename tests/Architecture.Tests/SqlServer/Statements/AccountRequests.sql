-- AccountRequests keeps a request

-- @now DateTimeOffset, @p DateTimeOffset, @key VarBinary
UPDATE [s]
SET [s].[failures] = CASE
    WHEN [s].[ends_at] > @now THEN [s].[failures] + 1
    ELSE 1
END,
    [s].[ends_at] = CASE
        WHEN [s].[ends_at] > @now THEN [s].[ends_at]
        ELSE @p
    END
FROM [sign_in_failures] AS [s]
WHERE [s].[key_hash] = @key

-- @p Int, @now DateTimeOffset
DELETE FROM [s]
FROM [sign_in_failures] AS [s]
WHERE [s].[key_hash] IN (
    SELECT TOP(@p) [s0].[key_hash]
    FROM [sign_in_failures] AS [s0]
    WHERE [s0].[ends_at] <= @now
    ORDER BY [s0].[ends_at]
)

-- @key VarBinary, @now DateTimeOffset, @limit Int
SELECT MAX([s].[ends_at])
FROM [sign_in_failures] AS [s]
WHERE [s].[key_hash] = @key AND [s].[ends_at] > @now AND [s].[failures] > @limit

-- @now DateTimeOffset, @p DateTimeOffset, @key VarBinary
UPDATE [s]
SET [s].[failures] = CASE
    WHEN [s].[ends_at] > @now THEN [s].[failures] + 1
    ELSE 1
END,
    [s].[ends_at] = CASE
        WHEN [s].[ends_at] > @now THEN [s].[ends_at]
        ELSE @p
    END
FROM [sign_in_failures] AS [s]
WHERE [s].[key_hash] = @key

-- @key VarBinary, @now DateTimeOffset, @limit Int
SELECT MAX([s].[ends_at])
FROM [sign_in_failures] AS [s]
WHERE [s].[key_hash] = @key AND [s].[ends_at] > @now AND [s].[failures] > @limit

-- BEGIN TRANSACTION, ReadCommitted

-- @p Int, @before DateTimeOffset
DELETE FROM [a]
FROM [account_requests] AS [a]
WHERE [a].[id] IN (
    SELECT TOP(@p) [a0].[id]
    FROM [account_requests] AS [a0]
    WHERE [a0].[created_at] < @before
    ORDER BY [a0].[created_at]
)

SELECT NEXT VALUE FOR [dbo].[account_request_ids]

-- @taken Int OUTPUT, @p0 NVarChar, @p1 NVarChar, @p2 Int
EXEC @taken = sp_getapplock @Resource = @p0, @LockMode = @p1, @LockOwner = 'Transaction', @LockTimeout = @p2

SELECT CASE
    WHEN EXISTS (
        SELECT 1
        FROM [webhooks] AS [w]
        WHERE [w].[active] = CAST(1 AS bit)) THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END

-- @p0 BigInt, @p1 DateTimeOffset, @p2 NVarChar, @p3 BigInt, @p4 NVarChar, @p5 DateTimeOffset, @p6 BigInt, @p7 BigInt, @p8 NVarChar, @p9 DateTimeOffset, @p10 NVarChar, @p11 UniqueIdentifier, @p12 BigInt, @p13 NVarChar, @p14 NVarChar, @p15 UniqueIdentifier, @p16 BigInt, @p17 NVarChar, @p18 Int, @p19 DateTimeOffset, @p20 NVarChar, @p21 UniqueIdentifier, @p22 DateTimeOffset, @p23 BigInt, @p24 NVarChar, @p25 NVarChar, @p26 UniqueIdentifier, @p27 BigInt, @p28 NVarChar, @p29 Int, @p30 DateTimeOffset, @p31 NVarChar, @p32 UniqueIdentifier, @p33 DateTimeOffset, @p34 BigInt, @p35 NVarChar
SET NOCOUNT ON;
INSERT INTO [account_requests] ([id], [created_at], [email], [event_sequence], [purpose], [updated_at], [version])
VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6);
INSERT INTO [outbox] ([aggregate_id], [aggregate_type], [created_at], [data], [event_id], [sequence], [type])
OUTPUT INSERTED.[id]
VALUES (@p7, @p8, @p9, @p10, @p11, @p12, @p13);
INSERT INTO [outbox_deliveries] ([consumer], [event_id], [aggregate_id], [aggregate_type], [attempts], [finished_at], [last_error], [lease_owner], [next_attempt_at], [sequence], [status])
VALUES (@p14, @p15, @p16, @p17, @p18, @p19, @p20, @p21, @p22, @p23, @p24),
(@p25, @p26, @p27, @p28, @p29, @p30, @p31, @p32, @p33, @p34, @p35);

-- COMMIT
