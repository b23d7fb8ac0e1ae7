-- Accounts checks a password

-- @userId BigInt
SELECT TOP(2) [a].[id], [a].[concurrency_stamp], [a].[email_confirmed], [a].[password_hash], [a].[security_stamp]
FROM [accounts] AS [a]
WHERE [a].[id] = @userId

-- Accounts compares a stamp

-- @userId BigInt, @stamp NVarChar
SELECT CASE
    WHEN EXISTS (
        SELECT 1
        FROM [accounts] AS [a]
        WHERE [a].[id] = @userId AND [a].[security_stamp] = @stamp) THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END

-- Accounts sets a password

-- @userId BigInt
SELECT TOP(2) [a].[id], [a].[concurrency_stamp], [a].[email_confirmed], [a].[password_hash], [a].[security_stamp]
FROM [accounts] AS [a]
WHERE [a].[id] = @userId

-- Accounts closes

-- @userId BigInt
DELETE FROM [a]
FROM [accounts] AS [a]
WHERE [a].[id] = @userId

-- @userId BigInt
DELETE FROM [s]
FROM [sessions] AS [s]
WHERE [s].[user_id] = @userId

-- @userId BigInt
DELETE FROM [a]
FROM [account_tokens] AS [a]
WHERE [a].[user_id] = @userId
