-- MailedTokens issues

-- BEGIN TRANSACTION, ReadCommitted

-- @id BigInt
UPDATE [u]
SET [u].[version] = [u].[version]
FROM [users] AS [u]
WHERE [u].[id] = @id AND [u].[erased_at] IS NULL

-- @id BigInt
SELECT [u1].[id], [u1].[created_at], [u1].[email], [u1].[erased_at], [u1].[event_sequence], [u1].[first_name], [u1].[gender], [u1].[last_name], [u1].[search_text], [u1].[updated_at], [u1].[username], [u1].[version], [u0].[user_id], [u0].[role]
FROM (
    SELECT TOP(2) [u].[id], [u].[created_at], [u].[email], [u].[erased_at], [u].[event_sequence], [u].[first_name], [u].[gender], [u].[last_name], [u].[search_text], [u].[updated_at], [u].[username], [u].[version]
    FROM [users] AS [u]
    WHERE [u].[id] = @id AND [u].[erased_at] IS NULL
) AS [u1]
LEFT JOIN [user_roles] AS [u0] ON [u1].[id] = [u0].[user_id]
ORDER BY [u1].[id], [u0].[user_id]

-- MailedTokens finds a user

-- @hash VarBinary, @purpose NVarChar
SELECT TOP(1) [a].[user_id]
FROM [account_tokens] AS [a]
WHERE [a].[token_hash] = @hash AND [a].[purpose] = @purpose

-- MailedTokens uses

-- @p DateTimeOffset, @hash VarBinary, @purpose NVarChar, @email NVarChar, @now DateTimeOffset
UPDATE [a]
SET [a].[used_at] = @p
FROM [account_tokens] AS [a]
WHERE [a].[token_hash] = @hash AND [a].[purpose] = @purpose AND [a].[email] = @email AND [a].[used_at] IS NULL AND [a].[expires_at] > @now

-- MailedTokens ends all

-- @userId BigInt
DELETE FROM [a]
FROM [account_tokens] AS [a]
WHERE [a].[user_id] = @userId AND [a].[used_at] IS NULL
