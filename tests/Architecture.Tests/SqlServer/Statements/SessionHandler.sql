-- SessionHandler finds who signed in

-- @sessionId BigInt
SELECT TOP(2) [u].[id], CASE
    WHEN EXISTS (
        SELECT 1
        FROM [user_roles] AS [u0]
        WHERE [u].[id] = [u0].[user_id] AND [u0].[role] = N'admin') THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END
FROM [sessions] AS [s]
INNER JOIN [users] AS [u] ON [s].[user_id] = [u].[id]
WHERE [s].[id] = @sessionId AND [s].[revoked_at] IS NULL AND [u].[erased_at] IS NULL
