-- ReportWorker makes a report

-- @kept DateTimeOffset, @now DateTimeOffset
SELECT TOP(1) [r].[id], [r].[type], [r].[from_day], [r].[to_day], [r].[attempts] + 1
FROM [reports] AS [r]
WHERE [r].[created_at] > @kept AND ([r].[status] = N'queued' OR ([r].[status] = N'running' AND [r].[lease_until] < @now))
ORDER BY [r].[created_at], [r].[id]

-- BEGIN TRANSACTION, Unspecified

-- @p NVarChar, @p5 Int, @p6 UniqueIdentifier, @p7 DateTimeOffset, @p8 Int, @kept DateTimeOffset, @now DateTimeOffset, @report_Id BigInt
UPDATE [r]
SET [r].[status] = @p,
    [r].[finished_at] = NULL,
    [r].[progress] = @p5,
    [r].[lease_owner] = @p6,
    [r].[lease_until] = @p7,
    [r].[attempts] = @p8
FROM [reports] AS [r]
WHERE [r].[created_at] > @kept AND ([r].[status] = N'queued' OR ([r].[status] = N'running' AND [r].[lease_until] < @now)) AND [r].[id] = @report_Id

-- @report_Id BigInt
DELETE FROM [r]
FROM [report_chunks] AS [r]
WHERE [r].[report_id] = @report_Id

-- COMMIT

-- BEGIN TRANSACTION, Snapshot

-- @currency NVarChar
SELECT COUNT(*) FROM (SELECT p.id AS product_id, p.sku, p.name AS product, c.name AS category, p.stock, COALESCE(held.units, 0) AS reserved,
    p.price, p.price * p.stock AS stock_value, @currency AS currency, p.updated_at
FROM products p
LEFT JOIN categories c ON c.id = p.category_id
LEFT JOIN (
    SELECT i.product_id, CAST(SUM(i.stock_held) AS bigint) AS units FROM order_items i JOIN orders o ON o.id = i.order_id
    WHERE o.status = 'placed'
    GROUP BY i.product_id) held ON held.product_id = p.id
WHERE p.deleted_at IS NULL) counted

-- @currency NVarChar
SELECT * FROM (SELECT p.id AS product_id, p.sku, p.name AS product, c.name AS category, p.stock, COALESCE(held.units, 0) AS reserved,
    p.price, p.price * p.stock AS stock_value, @currency AS currency, p.updated_at
FROM products p
LEFT JOIN categories c ON c.id = p.category_id
LEFT JOIN (
    SELECT i.product_id, CAST(SUM(i.stock_held) AS bigint) AS units FROM order_items i JOIN orders o ON o.id = i.order_id
    WHERE o.status = 'placed'
    GROUP BY i.product_id) held ON held.product_id = p.id
WHERE p.deleted_at IS NULL) listed ORDER BY sku, product_id

-- BEGIN TRANSACTION, Unspecified

-- @p DateTimeOffset, @p3 Int, @report_Id BigInt, @report_Owner UniqueIdentifier
UPDATE [r]
SET [r].[lease_until] = @p,
    [r].[progress] = @p3
FROM [reports] AS [r]
WHERE [r].[id] = @report_Id AND [r].[lease_owner] = @report_Owner AND [r].[status] = N'running'

SAVE TRANSACTION [__EFSavePoint];

-- @p0 Int, @p1 BigInt, @p2 VarBinary
SET IMPLICIT_TRANSACTIONS OFF;
SET NOCOUNT ON;
INSERT INTO [report_chunks] ([no], [report_id], [bytes])
VALUES (@p0, @p1, @p2);

-- COMMIT

-- @p NVarChar, @p3 DateTimeOffset, @report_Id BigInt, @report_Owner UniqueIdentifier
UPDATE [r]
SET [r].[status] = @p,
    [r].[progress] = 100,
    [r].[finished_at] = @p3,
    [r].[lease_owner] = NULL,
    [r].[lease_until] = NULL
FROM [reports] AS [r]
WHERE [r].[id] = @report_Id AND [r].[lease_owner] = @report_Owner AND [r].[status] = N'running'

-- ReportWorker gives a report up

-- @kept DateTimeOffset, @now DateTimeOffset
SELECT TOP(1) [r].[id], [r].[type], [r].[from_day], [r].[to_day], [r].[attempts] + 1
FROM [reports] AS [r]
WHERE [r].[created_at] > @kept AND ([r].[status] = N'queued' OR ([r].[status] = N'running' AND [r].[lease_until] < @now))
ORDER BY [r].[created_at], [r].[id]

-- BEGIN TRANSACTION, Unspecified

-- @p NVarChar, @p4 DateTimeOffset, @p5 Int, @p6 UniqueIdentifier, @p7 DateTimeOffset, @p8 Int, @kept DateTimeOffset, @now DateTimeOffset, @report_Id BigInt
UPDATE [r]
SET [r].[status] = @p,
    [r].[finished_at] = @p4,
    [r].[progress] = @p5,
    [r].[lease_owner] = @p6,
    [r].[lease_until] = @p7,
    [r].[attempts] = @p8
FROM [reports] AS [r]
WHERE [r].[created_at] > @kept AND ([r].[status] = N'queued' OR ([r].[status] = N'running' AND [r].[lease_until] < @now)) AND [r].[id] = @report_Id

-- @report_Id BigInt
DELETE FROM [r]
FROM [report_chunks] AS [r]
WHERE [r].[report_id] = @report_Id

-- COMMIT

-- ReportWorker purges

-- @p Int, @kept DateTimeOffset
DELETE FROM [r]
FROM [reports] AS [r]
WHERE [r].[id] IN (
    SELECT TOP(@p) [r0].[id]
    FROM [reports] AS [r0]
    WHERE [r0].[created_at] <= @kept
    ORDER BY [r0].[created_at]
)
