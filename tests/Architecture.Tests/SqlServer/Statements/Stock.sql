-- Stock takes

-- @line_Quantity Int, @line_ProductId BigInt
UPDATE [p]
SET [p].[stock] = [p].[stock] - @line_Quantity
FROM [products] AS [p]
WHERE [p].[id] = @line_ProductId AND [p].[stock] >= @line_Quantity AND [p].[deleted_at] IS NULL

-- @ids1 BigInt
SELECT [p].[id], [p].[sku], [p].[name], [p].[price]
FROM [products] AS [p]
WHERE [p].[id] = @ids1

-- @ids1 BigInt
SELECT [p].[id] AS [Id], [p].[name] AS [Name], [p].[stock] AS [Stock], [p].[deleted_at] AS [DeletedAt]
FROM [products] AS [p]
WHERE [p].[id] = @ids1

-- Stock finds missing

-- @ids1 BigInt
SELECT [p].[id], [p].[stock]
FROM [products] AS [p]
WHERE [p].[id] = @ids1 AND [p].[deleted_at] IS NULL

-- Stock takes up to

-- @productId BigInt
UPDATE [p]
SET [p].[stock] = [p].[stock]
FROM [products] AS [p]
WHERE [p].[id] = @productId

-- @line_ProductId BigInt
SELECT TOP(2) [p].[stock]
FROM [products] AS [p]
WHERE [p].[id] = @line_ProductId

-- Stock gives back

-- @line_Quantity Int, @line_ProductId BigInt
UPDATE [p]
SET [p].[stock] = [p].[stock] + @line_Quantity
FROM [products] AS [p]
WHERE [p].[id] = @line_ProductId

-- Stock counts sold

-- @p BigInt, @line_ProductId BigInt
UPDATE [p]
SET [p].[units_sold] = [p].[units_sold] + @p
FROM [products] AS [p]
WHERE [p].[id] = @line_ProductId
