-- TrainingData reads interactions

SELECT [o0].[user_id] AS [UserId], [o].[product_id] AS [ProductId], COALESCE([o0].[paid_at], [o0].[created_at]) AS [At]
FROM [order_items] AS [o]
INNER JOIN [orders] AS [o0] ON [o].[order_id] = [o0].[id]
WHERE [o0].[status] IN (N'paid', N'shipped', N'delivered')

SELECT [f].[user_id] AS [UserId], [f].[product_id] AS [ProductId], [f].[created_at] AS [At]
FROM [favorites] AS [f]

-- TrainingData reads the catalog

SELECT [p].[id] AS [Id], [p].[name] AS [Name], [p].[category_id] AS [CategoryId]
FROM [products] AS [p]
WHERE [p].[deleted_at] IS NULL
