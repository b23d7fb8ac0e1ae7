-- SalesFacts loads what it needs

-- @unknown1 BigInt
SELECT [o].[id], [o].[cancel_reason], [o].[cart_id], [o].[coupon_code], [o].[created_at], [o].[discount], [o].[event_sequence], [o].[invoice_no], [o].[number], [o].[origin], [o].[paid_at], [o].[paying_until], [o].[placed_at], [o].[refunded_at], [o].[shipping], [o].[status], [o].[subtotal], [o].[tax], [o].[total], [o].[updated_at], [o].[user_id], [o].[version], [o].[shipping_city], [o].[shipping_country], [o].[shipping_line1], [o].[shipping_line2], [o].[shipping_name], [o].[shipping_postal_code], [o].[shipping_region]
FROM [orders] AS [o]
WHERE [o].[id] = @unknown1

-- @withoutLines1 BigInt
SELECT [o].[id], [o].[discount], [o].[line_total], [o].[name], [o].[order_id], [o].[product_id], [o].[quantity], [o].[sku], [o].[stock_held], [o].[unit_price]
FROM [order_items] AS [o]
WHERE [o].[order_id] = @withoutLines1

-- @ending1 BigInt
SELECT [r].[id], [r].[amount], [r].[created_at], [r].[due_at], [r].[event_sequence], [r].[key], [r].[order_id], [r].[payment_id], [r].[reason], [r].[restock], [r].[status], [r].[tries], [r].[updated_at], [r].[version]
FROM [refunds] AS [r]
WHERE [r].[order_id] = @ending1 AND [r].[status] = N'succeeded'
