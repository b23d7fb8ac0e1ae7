-- SalesInterceptor writes sales down

-- @withoutLines1 BigInt
SELECT [o].[id], [o].[discount], [o].[line_total], [o].[name], [o].[order_id], [o].[product_id], [o].[quantity], [o].[sku], [o].[stock_held], [o].[unit_price]
FROM [order_items] AS [o]
WHERE [o].[order_id] = @withoutLines1

-- @ending1 BigInt
SELECT [r].[id], [r].[amount], [r].[created_at], [r].[due_at], [r].[event_sequence], [r].[key], [r].[order_id], [r].[payment_id], [r].[reason], [r].[restock], [r].[status], [r].[tries], [r].[updated_at], [r].[version]
FROM [refunds] AS [r]
WHERE [r].[order_id] = @ending1 AND [r].[status] = N'succeeded'

-- BEGIN TRANSACTION, Unspecified

-- @p2 BigInt, @p0 DateTimeOffset, @p1 BigInt, @p3 BigInt, @p4 Date, @p5 BigInt, @p6 BigInt, @p7 Decimal, @p8 BigInt, @p9 BigInt
SET NOCOUNT ON;
UPDATE [orders] SET [refunded_at] = @p0, [version] = @p1
OUTPUT 1
WHERE [id] = @p2 AND [version] = @p3;
INSERT INTO [sales_entries] ([day], [orders], [product_id], [revenue], [units], [user_id])
OUTPUT INSERTED.[id]
VALUES (@p4, @p5, @p6, @p7, @p8, @p9);

-- COMMIT
