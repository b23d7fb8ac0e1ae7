-- SignInThrottle asks

-- @now DateTimeOffset, @ofAccount VarBinary, @ofAddress VarBinary
SELECT MAX([s].[ends_at])
FROM [sign_in_failures] AS [s]
WHERE [s].[ends_at] > @now AND (([s].[key_hash] = @ofAccount AND [s].[failures] >= 10) OR ([s].[key_hash] = @ofAddress AND [s].[failures] >= 100))

-- SignInThrottle forgets

-- @key VarBinary
DELETE FROM [s]
FROM [sign_in_failures] AS [s]
WHERE [s].[key_hash] = @key
