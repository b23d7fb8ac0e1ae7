-- MailWriter finds a request

-- @happened_AggregateId BigInt
SELECT TOP(2) [a].[id], [a].[created_at], [a].[email], [a].[event_sequence], [a].[purpose], [a].[updated_at], [a].[version]
FROM [account_requests] AS [a]
WHERE [a].[id] = @happened_AggregateId

-- MailWriter knows who confirmed

-- @userId BigInt
SELECT CASE
    WHEN EXISTS (
        SELECT 1
        FROM [accounts] AS [a]
        WHERE [a].[id] = @userId AND [a].[email_confirmed] = CAST(1 AS bit)) THEN CAST(1 AS bit)
    ELSE CAST(0 AS bit)
END
