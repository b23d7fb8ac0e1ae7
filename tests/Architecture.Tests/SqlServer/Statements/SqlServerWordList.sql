-- SqlServerWordList lists

-- BEGIN TRANSACTION, ReadCommitted

-- @taken Int OUTPUT, @p0 NVarChar, @p1 NVarChar, @p2 Int
EXEC @taken = sp_getapplock @Resource = @p0, @LockMode = @p1, @LockOwner = 'Transaction', @LockTimeout = @p2

-- @p Int
SELECT TOP(@p) [p].[id]
FROM [products] AS [p]
WHERE [p].[deleted_at] IS NULL AND [p].[has_words] = CAST(0 AS bit)
ORDER BY [p].[id]

-- @p Bit, @ids1 BigInt
UPDATE [p]
SET [p].[has_words] = @p
FROM [products] AS [p]
WHERE [p].[id] = @ids1

-- @ids1 BigInt
SELECT [p].[id] AS [Id], [p].[name] AS [Name], [p].[sku] AS [Sku], [p].[description] AS [Description]
FROM [products] AS [p]
WHERE [p].[id] = @ids1

-- @ids1 BigInt
DELETE FROM [p]
FROM [product_words] AS [p]
WHERE [p].[product_id] = @ids1

-- COMMIT
