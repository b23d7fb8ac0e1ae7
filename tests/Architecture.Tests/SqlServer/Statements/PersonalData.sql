-- PersonalData erases

-- @userId BigInt
DELETE FROM [c]
FROM [carts] AS [c]
WHERE [c].[user_id] = @userId AND [c].[checked_out_at] IS NULL

-- @userId BigInt
DELETE FROM [i]
FROM [idempotency_keys] AS [i]
WHERE [i].[user_id] = @userId

-- @userId BigInt
DELETE FROM [f]
FROM [favorites] AS [f]
WHERE [f].[user_id] = @userId

-- @userId BigInt
DELETE FROM [u]
FROM [user_addresses] AS [u]
WHERE [u].[user_id] = @userId

-- @userId BigInt
DELETE FROM [a]
FROM [account_requests] AS [a]
WHERE EXISTS (
    SELECT 1
    FROM [users] AS [u]
    WHERE [u].[id] = @userId AND [u].[email] = [a].[email])

-- @p2 DateTimeOffset, @userId BigInt
UPDATE [o]
SET [o].[shipping_city] = NULL,
    [o].[shipping_country] = NULL,
    [o].[shipping_line1] = NULL,
    [o].[shipping_line2] = NULL,
    [o].[shipping_name] = NULL,
    [o].[shipping_postal_code] = NULL,
    [o].[shipping_region] = NULL,
    [o].[version] = [o].[version] + CAST(1 AS bigint),
    [o].[updated_at] = @p2
FROM [orders] AS [o]
WHERE [o].[user_id] = @userId

-- @userId BigInt
SELECT [o].[id], [o].[cancel_reason], [o].[cart_id], [o].[coupon_code], [o].[created_at], [o].[discount], [o].[event_sequence], [o].[invoice_no], [o].[number], [o].[origin], [o].[paid_at], [o].[paying_until], [o].[placed_at], [o].[refunded_at], [o].[shipping], [o].[status], [o].[subtotal], [o].[tax], [o].[total], [o].[updated_at], [o].[user_id], [o].[version], [o].[shipping_city], [o].[shipping_country], [o].[shipping_line1], [o].[shipping_line2], [o].[shipping_name], [o].[shipping_postal_code], [o].[shipping_region], [o0].[id], [o0].[discount], [o0].[line_total], [o0].[name], [o0].[order_id], [o0].[product_id], [o0].[quantity], [o0].[sku], [o0].[stock_held], [o0].[unit_price]
FROM [orders] AS [o]
LEFT JOIN [order_items] AS [o0] ON [o].[id] = [o0].[order_id]
WHERE [o].[user_id] = @userId AND [o].[status] = N'active'
ORDER BY [o].[id]

-- @userId BigInt
SELECT [p].[id], [p].[category_id], [p].[created_at], [p].[deleted_at], [p].[description], [p].[event_sequence], [p].[has_words], [p].[image_url], [p].[name], [p].[price], [p].[rating], [p].[rating_sum], [p].[review_count], [p].[search_text], [p].[seller_id], [p].[sku], [p].[stock], [p].[units_sold], [p].[updated_at], [p].[version]
FROM [products] AS [p]
WHERE [p].[seller_id] = @userId AND [p].[deleted_at] IS NULL
