-- Sessions opens

-- @p Int, @now DateTimeOffset
DELETE FROM [s]
FROM [sessions] AS [s]
WHERE [s].[id] IN (
    SELECT TOP(@p) [s0].[id]
    FROM [sessions] AS [s0]
    WHERE [s0].[expires_at] <= @now
    ORDER BY [s0].[expires_at]
)

SELECT NEXT VALUE FOR [dbo].[session_ids]

-- Sessions refreshes

-- BEGIN TRANSACTION, ReadCommitted

-- @p DateTimeOffset, @hash VarBinary, @now DateTimeOffset
UPDATE [r]
SET [r].[used_at] = @p
FROM [refresh_tokens] AS [r]
INNER JOIN [sessions] AS [s] ON [r].[session_id] = [s].[id]
WHERE [r].[token_hash] = @hash AND [r].[used_at] IS NULL AND [r].[expires_at] > @now AND [s].[revoked_at] IS NULL

-- @hash VarBinary
SELECT TOP(2) [s].[id], [s].[created_at], [s].[expires_at], [s].[revoked_at], [s].[user_id]
FROM [sessions] AS [s]
WHERE EXISTS (
    SELECT 1
    FROM [refresh_tokens] AS [r]
    WHERE [r].[token_hash] = @hash AND [r].[session_id] = [s].[id])

-- Sessions ends

-- @p DateTimeOffset, @hash VarBinary
UPDATE [s]
SET [s].[revoked_at] = @p
FROM [sessions] AS [s]
WHERE EXISTS (
    SELECT 1
    FROM [refresh_tokens] AS [r]
    WHERE [r].[token_hash] = @hash AND [r].[session_id] = [s].[id]) AND [s].[revoked_at] IS NULL

-- Sessions ends all

-- @p DateTimeOffset, @userId BigInt
UPDATE [s]
SET [s].[revoked_at] = @p
FROM [sessions] AS [s]
WHERE [s].[user_id] = @userId AND [s].[revoked_at] IS NULL
