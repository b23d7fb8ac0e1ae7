-- IdempotencyKeys finds

-- @userId BigInt, @hash VarBinary, @now DateTimeOffset
SELECT TOP(2) [i].[request_hash], [i].[status], [i].[content_type], [i].[location], [i].[e_tag], [i].[body], [i].[claim]
FROM [idempotency_keys] AS [i]
WHERE [i].[user_id] = @userId AND [i].[key_hash] = @hash AND [i].[expires_at] > @now

-- IdempotencyKeys keeps

-- @userId BigInt, @hash VarBinary
DELETE FROM [i]
FROM [idempotency_keys] AS [i]
WHERE [i].[user_id] = @userId AND [i].[key_hash] = @hash

-- IdempotencyKeys purges

-- @p Int, @now DateTimeOffset
DELETE FROM [i]
FROM [idempotency_keys] AS [i]
WHERE EXISTS (
    SELECT 1
    FROM (
        SELECT TOP(@p) [i0].[user_id], [i0].[key_hash]
        FROM [idempotency_keys] AS [i0]
        WHERE [i0].[expires_at] <= @now
        ORDER BY [i0].[expires_at]
    ) AS [i1]
    WHERE [i1].[user_id] = [i].[user_id] AND [i1].[key_hash] = [i].[key_hash])
