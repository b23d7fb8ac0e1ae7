-- AttemptCounts counts on

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

-- AttemptCounts counts the first

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

-- @p0 VarBinary, @p1 DateTimeOffset, @p2 Int
SET IMPLICIT_TRANSACTIONS OFF;
SET NOCOUNT ON;
INSERT INTO [sign_in_failures] ([key_hash], [ends_at], [failures])
VALUES (@p0, @p1, @p2);

-- AttemptCounts asks

-- @key VarBinary, @now DateTimeOffset, @limit Int
SELECT MAX([s].[ends_at])
FROM [sign_in_failures] AS [s]
WHERE [s].[key_hash] = @key AND [s].[ends_at] > @now AND [s].[failures] > @limit

-- AttemptCounts purges

-- @p Int, @now DateTimeOffset
DELETE FROM [s]
FROM [sign_in_failures] AS [s]
WHERE [s].[key_hash] IN (
    SELECT TOP(@p) [s0].[key_hash]
    FROM [sign_in_failures] AS [s0]
    WHERE [s0].[ends_at] <= @now
    ORDER BY [s0].[ends_at]
)
