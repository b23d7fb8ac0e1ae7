-- SqlServerSalesBooks adds up

-- @p0 Int
SET NOCOUNT ON;
DECLARE @taken TABLE (day date, user_id bigint, product_id bigint, revenue decimal(18, 2), units bigint, orders bigint);
DECLARE @sums TABLE (series smallint, starts_on date, subject_id bigint, revenue decimal(18, 2), units bigint, orders bigint);
DELETE FROM sales_entries
OUTPUT deleted.day, deleted.user_id, deleted.product_id, deleted.revenue, deleted.units, deleted.orders INTO @taken
WHERE id IN (SELECT TOP (@p0) id FROM sales_entries ORDER BY id);
DECLARE @count int = @@ROWCOUNT;
INSERT INTO @sums
SELECT s.series, s.starts_on, s.subject_id, SUM(e.revenue), SUM(CASE WHEN s.series IN (1, 2, 3, 6) THEN e.units ELSE 0 END), SUM(e.orders)
FROM @taken e CROSS APPLY (VALUES
    (1, e.day, CAST(0 AS bigint)), (2, e.day, e.product_id), (3, DATEFROMPARTS(YEAR(e.day), MONTH(e.day), 1), e.product_id),
    (4, e.day, e.user_id), (5, DATEFROMPARTS(YEAR(e.day), MONTH(e.day), 1), e.user_id),
    (6, DATEFROMPARTS(YEAR(e.day), 1, 1), e.product_id), (7, DATEFROMPARTS(YEAR(e.day), 1, 1), e.user_id)) s (series, starts_on, subject_id)
WHERE s.subject_id IS NOT NULL
GROUP BY s.series, s.starts_on, s.subject_id;
UPDATE t SET revenue = t.revenue + s.revenue, units = t.units + s.units, orders = t.orders + s.orders
FROM sales_totals t JOIN @sums s ON s.series = t.series AND s.starts_on = t.starts_on AND s.subject_id = t.subject_id;
INSERT INTO sales_totals (series, starts_on, subject_id, revenue, units, orders)
SELECT * FROM @sums s
WHERE NOT EXISTS (
    SELECT 1 FROM sales_totals t WHERE t.series = s.series AND t.starts_on = s.starts_on AND t.subject_id = s.subject_id);
SELECT @count AS [Value];

-- SqlServerSalesBooks counts anew

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
