-- Ratings locks

-- @productId BigInt
UPDATE [p]
SET [p].[review_count] = [p].[review_count]
FROM [products] AS [p]
WHERE [p].[id] = @productId AND [p].[deleted_at] IS NULL

-- Ratings adds

-- @reviews Int, @p BigInt, @productId BigInt
UPDATE [p]
SET [p].[review_count] = [p].[review_count] + @reviews,
    [p].[rating_sum] = [p].[rating_sum] + @p
FROM [products] AS [p]
WHERE [p].[id] = @productId
