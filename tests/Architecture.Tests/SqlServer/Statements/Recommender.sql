-- Recommender trains

-- BEGIN TRANSACTION, ReadCommitted

-- @taken Int OUTPUT, @p0 NVarChar, @p1 NVarChar, @p2 Int
EXEC @taken = sp_getapplock @Resource = @p0, @LockMode = @p1, @LockOwner = 'Transaction', @LockTimeout = @p2

SELECT [o0].[user_id] AS [UserId], [o].[product_id] AS [ProductId], COALESCE([o0].[paid_at], [o0].[created_at]) AS [At]
FROM [order_items] AS [o]
INNER JOIN [orders] AS [o0] ON [o].[order_id] = [o0].[id]
WHERE [o0].[status] IN (N'paid', N'shipped', N'delivered')

SELECT [f].[user_id] AS [UserId], [f].[product_id] AS [ProductId], [f].[created_at] AS [At]
FROM [favorites] AS [f]

SELECT [p].[id] AS [Id], [p].[name] AS [Name], [p].[category_id] AS [CategoryId]
FROM [products] AS [p]
WHERE [p].[deleted_at] IS NULL

-- @p0 VarBinary, @p1 BigInt, @p2 Int, @p3 Int, @p4 DateTimeOffset, @p5 Int
SET IMPLICIT_TRANSACTIONS OFF;
SET NOCOUNT ON;
INSERT INTO [recommender_models] ([content], [duration_ms], [interactions], [products], [trained_at], [users])
OUTPUT INSERTED.[id]
VALUES (@p0, @p1, @p2, @p3, @p4, @p5);

-- @stored_Id BigInt
DELETE FROM [r]
FROM [recommender_models] AS [r]
WHERE [r].[id] < @stored_Id

-- COMMIT

-- Recommender ranks

-- @userId BigInt, @userId1 BigInt
SELECT [o].[product_id] AS [ProductId], CAST(1 AS bit) AS [IsBought]
FROM [order_items] AS [o]
INNER JOIN [orders] AS [o0] ON [o].[order_id] = [o0].[id]
WHERE [o0].[status] IN (N'paid', N'shipped', N'delivered') AND [o0].[user_id] = @userId
UNION
SELECT [f].[product_id] AS [ProductId], CAST(0 AS bit) AS [IsBought]
FROM [favorites] AS [f]
WHERE [f].[user_id] = @userId1

SELECT MAX([r].[id])
FROM [recommender_models] AS [r]
