-- SalesOpening counts all again

SELECT [s].[starts_at], [s].[ends_at], [s].[offset_minutes], [s].[zone]
FROM [sales_calendar] AS [s]
ORDER BY [s].[starts_at]

-- BEGIN TRANSACTION, ReadCommitted

UPDATE orders SET refunded_at = COALESCE(
    (SELECT MAX(h.at) FROM order_history h WHERE h.order_id = orders.id AND h.change IN ('cancelled', 'refunded')), updated_at)
WHERE refunded_at IS NULL AND paid_at IS NOT NULL AND status IN ('cancelled', 'refunded')

-- COMMIT

-- BEGIN TRANSACTION, Snapshot

-- @taken Int OUTPUT, @p0 NVarChar, @p1 NVarChar, @p2 Int
EXEC @taken = sp_getapplock @Resource = @p0, @LockMode = @p1, @LockOwner = 'Transaction', @LockTimeout = @p2

SELECT [s].[starts_at], [s].[ends_at], [s].[offset_minutes], [s].[zone]
FROM [sales_calendar] AS [s]
ORDER BY [s].[starts_at]

DELETE FROM [s]
FROM [sales_calendar] AS [s]

SAVE TRANSACTION [__EFSavePoint];

-- @p0 DateTimeOffset, @p1 DateTimeOffset, @p2 Int, @p3 NVarChar
SET IMPLICIT_TRANSACTIONS OFF;
SET NOCOUNT ON;
INSERT INTO [sales_calendar] ([starts_at], [ends_at], [offset_minutes], [zone])
VALUES (@p0, @p1, @p2, @p3);

DELETE FROM [s]
FROM [sales_entries] AS [s]

DELETE FROM [s]
FROM [sales_totals] AS [s]

WITH facts AS (SELECT o.id AS order_id, o.user_id, CAST(SWITCHOFFSET(o.paid_at, c.offset_minutes) AS date) AS day, 1 AS sign
FROM orders o JOIN sales_calendar c ON c.starts_at <= o.paid_at AND c.ends_at > o.paid_at
WHERE 1 = 1
UNION ALL
SELECT o.id, o.user_id, CAST(SWITCHOFFSET(o.refunded_at, c.offset_minutes) AS date), -1
FROM orders o JOIN sales_calendar c ON c.starts_at <= o.refunded_at AND c.ends_at > o.refunded_at
WHERE o.paid_at IS NOT NULL AND 1 = 1),
parts AS (SELECT o.id AS order_id, o.user_id, CAST(SWITCHOFFSET(r.updated_at, c.offset_minutes) AS date) AS day, -r.amount AS revenue
FROM refunds r JOIN orders o ON o.id = r.order_id JOIN sales_calendar c ON c.starts_at <= r.updated_at AND c.ends_at > r.updated_at
WHERE r.status = 'succeeded' AND o.paid_at IS NOT NULL AND (o.refunded_at IS NULL OR r.updated_at <= o.refunded_at)
UNION ALL
SELECT o.id, o.user_id, CAST(SWITCHOFFSET(o.refunded_at, c.offset_minutes) AS date), r.amount
FROM refunds r JOIN orders o ON o.id = r.order_id JOIN sales_calendar c ON c.starts_at <= o.refunded_at AND c.ends_at > o.refunded_at
WHERE r.status = 'succeeded' AND o.paid_at IS NOT NULL AND r.updated_at <= o.refunded_at),
product_days AS (
    SELECT f.day, i.product_id, SUM(f.sign * (COALESCE(i.line_total, 0) - i.discount)) AS revenue, SUM(f.sign * CAST(i.quantity AS bigint)) AS units
    FROM facts f JOIN order_items i ON i.order_id = f.order_id
    GROUP BY f.day, i.product_id),
order_days AS (
    SELECT day, user_id, SUM(revenue) AS revenue, SUM(part) AS part, SUM(orders) AS orders
    FROM (
        SELECT f.day, f.user_id, f.sign * (o.subtotal - o.discount) AS revenue, 0 AS part, f.sign AS orders
        FROM facts f JOIN orders o ON o.id = f.order_id
        UNION ALL SELECT day, user_id, revenue, revenue, 0 FROM parts) moved
    GROUP BY day, user_id),
product_months AS (
    SELECT DATEFROMPARTS(YEAR(day), MONTH(day), 1) AS month, product_id, SUM(revenue) AS revenue, SUM(units) AS units
    FROM product_days GROUP BY DATEFROMPARTS(YEAR(day), MONTH(day), 1), product_id),
order_months AS (
    SELECT DATEFROMPARTS(YEAR(day), MONTH(day), 1) AS month, user_id, SUM(revenue) AS revenue, SUM(orders) AS orders
    FROM order_days GROUP BY DATEFROMPARTS(YEAR(day), MONTH(day), 1), user_id) INSERT INTO sales_totals (series, starts_on, subject_id, revenue, units, orders) SELECT * FROM (SELECT 1 AS series, day AS starts_on, 0 AS subject_id, SUM(revenue) AS revenue, SUM(units) AS units, SUM(orders) AS orders
FROM (SELECT day, revenue, units, 0 AS orders FROM product_days UNION ALL SELECT day, part, 0, orders FROM order_days) days
GROUP BY day
UNION ALL SELECT 2, day, product_id, revenue, units, 0 FROM product_days
UNION ALL SELECT 3, month, product_id, revenue, units, 0 FROM product_months
UNION ALL SELECT 4, day, user_id, revenue, 0, orders FROM order_days
UNION ALL SELECT 5, month, user_id, revenue, 0, orders FROM order_months
UNION ALL SELECT 6, DATEFROMPARTS(YEAR(month), 1, 1), product_id, SUM(revenue), SUM(units), 0 FROM product_months GROUP BY DATEFROMPARTS(YEAR(month), 1, 1), product_id
UNION ALL SELECT 7, DATEFROMPARTS(YEAR(month), 1, 1), user_id, SUM(revenue), 0, SUM(orders) FROM order_months GROUP BY DATEFROMPARTS(YEAR(month), 1, 1), user_id) totals

-- COMMIT
