-- PaymentQueue lists

-- @p Int, @now DateTimeOffset
SELECT TOP(@p) [p].[id]
FROM [payments] AS [p]
WHERE [p].[due_at] <= @now
ORDER BY [p].[due_at]

-- PaymentQueue takes

-- @p DateTimeOffset, @id BigInt, @now DateTimeOffset
UPDATE [r]
SET [r].[due_at] = @p,
    [r].[tries] = [r].[tries] + 1
FROM [refunds] AS [r]
WHERE [r].[id] = @id AND [r].[due_at] <= @now

-- PaymentQueue postpones

-- @id BigInt
SELECT TOP(1) [p].[tries]
FROM [payment_events] AS [p]
WHERE [p].[id] = @id AND [p].[due_at] IS NOT NULL

-- @p DateTimeOffset, @id BigInt
UPDATE [p]
SET [p].[due_at] = @p
FROM [payment_events] AS [p]
WHERE [p].[id] = @id AND [p].[due_at] IS NOT NULL

-- PaymentQueue ends

-- @id BigInt
UPDATE [p]
SET [p].[due_at] = NULL
FROM [payments] AS [p]
WHERE [p].[id] = @id
