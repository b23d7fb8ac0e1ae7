-- ReportMaker makes Sales

-- BEGIN TRANSACTION, Snapshot

-- @from Date, @to Date, @currency NVarChar
SELECT COUNT(*) FROM (SELECT f.day, CASE WHEN f.sign = 1 THEN 'sale' ELSE 'refund' END AS kind, o.id AS order_id, o.number AS order_number, o.status, i.id AS line_id,
    o.user_id AS customer_id, u.username AS customer, i.product_id, i.sku, i.name AS product,
    f.sign * i.quantity AS quantity, i.unit_price, f.sign * i.discount AS discount, f.sign * (i.line_total - i.discount) AS revenue,
    @currency AS currency, o.paid_at
FROM (SELECT o.id AS order_id, o.user_id, CAST(SWITCHOFFSET(o.paid_at, c.offset_minutes) AS date) AS day, 1 AS sign
FROM orders o JOIN sales_calendar c ON c.starts_at <= o.paid_at AND c.ends_at > o.paid_at
WHERE 1 = 1
UNION ALL
SELECT o.id, o.user_id, CAST(SWITCHOFFSET(o.refunded_at, c.offset_minutes) AS date), -1
FROM orders o JOIN sales_calendar c ON c.starts_at <= o.refunded_at AND c.ends_at > o.refunded_at
WHERE o.paid_at IS NOT NULL AND 1 = 1) f
JOIN orders o ON o.id = f.order_id
JOIN order_items i ON i.order_id = o.id
JOIN users u ON u.id = o.user_id
WHERE f.day >= @from AND f.day <= @to
UNION ALL
SELECT p.day, 'partial_refund', o.id, o.number, o.status, NULL, o.user_id, u.username, NULL, NULL, NULL, 0, NULL, 0, p.revenue, @currency, o.paid_at
FROM (SELECT o.id AS order_id, o.user_id, CAST(SWITCHOFFSET(r.updated_at, c.offset_minutes) AS date) AS day, -r.amount AS revenue
FROM refunds r JOIN orders o ON o.id = r.order_id JOIN sales_calendar c ON c.starts_at <= r.updated_at AND c.ends_at > r.updated_at
WHERE r.status = 'succeeded' AND o.paid_at IS NOT NULL AND (o.refunded_at IS NULL OR r.updated_at <= o.refunded_at)
UNION ALL
SELECT o.id, o.user_id, CAST(SWITCHOFFSET(o.refunded_at, c.offset_minutes) AS date), r.amount
FROM refunds r JOIN orders o ON o.id = r.order_id JOIN sales_calendar c ON c.starts_at <= o.refunded_at AND c.ends_at > o.refunded_at
WHERE r.status = 'succeeded' AND o.paid_at IS NOT NULL AND r.updated_at <= o.refunded_at) p
JOIN orders o ON o.id = p.order_id
JOIN users u ON u.id = o.user_id
WHERE p.day >= @from AND p.day <= @to) counted

-- @from Date, @to Date, @currency NVarChar
SELECT * FROM (SELECT f.day, CASE WHEN f.sign = 1 THEN 'sale' ELSE 'refund' END AS kind, o.id AS order_id, o.number AS order_number, o.status, i.id AS line_id,
    o.user_id AS customer_id, u.username AS customer, i.product_id, i.sku, i.name AS product,
    f.sign * i.quantity AS quantity, i.unit_price, f.sign * i.discount AS discount, f.sign * (i.line_total - i.discount) AS revenue,
    @currency AS currency, o.paid_at
FROM (SELECT o.id AS order_id, o.user_id, CAST(SWITCHOFFSET(o.paid_at, c.offset_minutes) AS date) AS day, 1 AS sign
FROM orders o JOIN sales_calendar c ON c.starts_at <= o.paid_at AND c.ends_at > o.paid_at
WHERE 1 = 1
UNION ALL
SELECT o.id, o.user_id, CAST(SWITCHOFFSET(o.refunded_at, c.offset_minutes) AS date), -1
FROM orders o JOIN sales_calendar c ON c.starts_at <= o.refunded_at AND c.ends_at > o.refunded_at
WHERE o.paid_at IS NOT NULL AND 1 = 1) f
JOIN orders o ON o.id = f.order_id
JOIN order_items i ON i.order_id = o.id
JOIN users u ON u.id = o.user_id
WHERE f.day >= @from AND f.day <= @to
UNION ALL
SELECT p.day, 'partial_refund', o.id, o.number, o.status, NULL, o.user_id, u.username, NULL, NULL, NULL, 0, NULL, 0, p.revenue, @currency, o.paid_at
FROM (SELECT o.id AS order_id, o.user_id, CAST(SWITCHOFFSET(r.updated_at, c.offset_minutes) AS date) AS day, -r.amount AS revenue
FROM refunds r JOIN orders o ON o.id = r.order_id JOIN sales_calendar c ON c.starts_at <= r.updated_at AND c.ends_at > r.updated_at
WHERE r.status = 'succeeded' AND o.paid_at IS NOT NULL AND (o.refunded_at IS NULL OR r.updated_at <= o.refunded_at)
UNION ALL
SELECT o.id, o.user_id, CAST(SWITCHOFFSET(o.refunded_at, c.offset_minutes) AS date), r.amount
FROM refunds r JOIN orders o ON o.id = r.order_id JOIN sales_calendar c ON c.starts_at <= o.refunded_at AND c.ends_at > o.refunded_at
WHERE r.status = 'succeeded' AND o.paid_at IS NOT NULL AND r.updated_at <= o.refunded_at) p
JOIN orders o ON o.id = p.order_id
JOIN users u ON u.id = o.user_id
WHERE p.day >= @from AND p.day <= @to) listed ORDER BY day, order_id, kind DESC, line_id

-- ReportMaker makes Products

-- BEGIN TRANSACTION, Snapshot

-- @from Date, @to Date, @currency NVarChar
SELECT COUNT(*) FROM (SELECT p.id AS product_id, p.sku, p.name AS product, c.name AS category, p.price, @currency AS currency, p.stock,
    COALESCE(sold.units, 0) AS units_sold, COALESCE(sold.revenue, 0) AS revenue,
    CASE WHEN p.review_count > 0 THEN p.rating END AS rating, p.review_count, p.created_at AS listed_at, p.deleted_at AS withdrawn_at
FROM products p
LEFT JOIN categories c ON c.id = p.category_id
LEFT JOIN (
    SELECT subject_id, CAST(SUM(units) AS bigint) AS units, SUM(revenue) AS revenue FROM (
        SELECT subject_id, units, revenue FROM sales_totals WHERE series = 2 AND starts_on >= @from AND starts_on <= @to
        UNION ALL
        SELECT product_id, units, revenue FROM sales_entries WHERE product_id IS NOT NULL AND day >= @from AND day <= @to) days
    GROUP BY subject_id) sold ON sold.subject_id = p.id
WHERE p.deleted_at IS NULL OR sold.subject_id IS NOT NULL) counted

-- @from Date, @to Date, @currency NVarChar
SELECT * FROM (SELECT p.id AS product_id, p.sku, p.name AS product, c.name AS category, p.price, @currency AS currency, p.stock,
    COALESCE(sold.units, 0) AS units_sold, COALESCE(sold.revenue, 0) AS revenue,
    CASE WHEN p.review_count > 0 THEN p.rating END AS rating, p.review_count, p.created_at AS listed_at, p.deleted_at AS withdrawn_at
FROM products p
LEFT JOIN categories c ON c.id = p.category_id
LEFT JOIN (
    SELECT subject_id, CAST(SUM(units) AS bigint) AS units, SUM(revenue) AS revenue FROM (
        SELECT subject_id, units, revenue FROM sales_totals WHERE series = 2 AND starts_on >= @from AND starts_on <= @to
        UNION ALL
        SELECT product_id, units, revenue FROM sales_entries WHERE product_id IS NOT NULL AND day >= @from AND day <= @to) days
    GROUP BY subject_id) sold ON sold.subject_id = p.id
WHERE p.deleted_at IS NULL OR sold.subject_id IS NOT NULL) listed ORDER BY units_sold DESC, product_id

-- ReportMaker makes Customers

-- BEGIN TRANSACTION, Snapshot

-- @from Date, @to Date, @currency NVarChar
SELECT COUNT(*) FROM (SELECT u.id AS customer_id, u.username, u.email, u.first_name, u.last_name, COALESCE(bought.orders, 0) AS orders,
    COALESCE(bought.revenue, 0) AS revenue, @currency AS currency, bought.first_day, bought.last_day, u.created_at AS registered_at
FROM users u
LEFT JOIN (
    SELECT subject_id, CAST(SUM(orders) AS bigint) AS orders, SUM(revenue) AS revenue, MIN(day) AS first_day, MAX(day) AS last_day FROM (
        SELECT subject_id, starts_on AS day, orders, revenue FROM sales_totals WHERE series = 4 AND starts_on >= @from AND starts_on <= @to
        UNION ALL
        SELECT user_id, day, orders, revenue FROM sales_entries WHERE day >= @from AND day <= @to) days
    GROUP BY subject_id) bought ON bought.subject_id = u.id
WHERE u.erased_at IS NULL) counted

-- @from Date, @to Date, @currency NVarChar
SELECT * FROM (SELECT u.id AS customer_id, u.username, u.email, u.first_name, u.last_name, COALESCE(bought.orders, 0) AS orders,
    COALESCE(bought.revenue, 0) AS revenue, @currency AS currency, bought.first_day, bought.last_day, u.created_at AS registered_at
FROM users u
LEFT JOIN (
    SELECT subject_id, CAST(SUM(orders) AS bigint) AS orders, SUM(revenue) AS revenue, MIN(day) AS first_day, MAX(day) AS last_day FROM (
        SELECT subject_id, starts_on AS day, orders, revenue FROM sales_totals WHERE series = 4 AND starts_on >= @from AND starts_on <= @to
        UNION ALL
        SELECT user_id, day, orders, revenue FROM sales_entries WHERE day >= @from AND day <= @to) days
    GROUP BY subject_id) bought ON bought.subject_id = u.id
WHERE u.erased_at IS NULL) listed ORDER BY revenue DESC, customer_id

-- ReportMaker makes Inventory

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
