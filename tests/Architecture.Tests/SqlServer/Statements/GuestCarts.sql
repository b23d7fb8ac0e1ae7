-- GuestCarts purges

-- @p1 Int, @p DateTimeOffset
DELETE FROM [c]
FROM [carts] AS [c]
WHERE [c].[id] IN (
    SELECT TOP(@p1) [c0].[id]
    FROM [carts] AS [c0]
    WHERE [c0].[token_hash] IS NOT NULL AND [c0].[updated_at] <= @p
    ORDER BY [c0].[updated_at]
)
