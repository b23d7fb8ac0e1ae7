-- SalesStatistics best customer

SELECT TOP(1) [o].[user_id], COALESCE(SUM(CAST([o].[subtotal] AS decimal(18,2)) - CAST([o].[discount] AS decimal(18,2))), 0.0), COUNT(*)
FROM [orders] AS [o]
WHERE [o].[status] IN (N'paid', N'shipped', N'delivered') AND EXISTS (
    SELECT 1
    FROM [users] AS [u]
    WHERE [u].[id] = [o].[user_id] AND [u].[erased_at] IS NULL)
GROUP BY [o].[user_id]
ORDER BY COALESCE(SUM(CAST([o].[subtotal] AS decimal(18,2)) - CAST([o].[discount] AS decimal(18,2))), 0.0) DESC, [o].[user_id]

-- SalesStatistics best product

SELECT TOP(1) [p].[id], [p].[units_sold]
FROM [products] AS [p]
WHERE [p].[units_sold] > CAST(0 AS bigint)
ORDER BY [p].[units_sold] DESC, [p].[id]
