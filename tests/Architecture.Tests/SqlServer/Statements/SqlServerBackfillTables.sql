-- SqlServerBackfillTables loads sales

-- BEGIN TRANSACTION, Unspecified

CREATE TABLE [dbo].[backfill_sales] (
    line bigint NOT NULL PRIMARY KEY, sku nvarchar(64) COLLATE Latin1_General_100_CI_AS NOT NULL, name nvarchar(300) NULL,
    cents bigint NULL, invoice nvarchar(50) NULL, quantity int NULL, sold_at datetimeoffset NULL, customer bigint NULL, hash_high bigint NULL, hash_low bigint NULL);
CREATE TABLE [dbo].[backfill_removed] (line bigint NOT NULL PRIMARY KEY)

DROP TABLE IF EXISTS #backfill_sums;
SELECT invoice, MIN(line) AS line, SUM(CAST(cents AS decimal(28, 0)) * quantity) AS cents, SUM(CAST(quantity AS bigint)) AS units,
    CAST(HASHBYTES('SHA2_256', CAST(COUNT(*) AS varchar(20)) + ':' + CAST(SUM(hash_high) AS varchar(40)) + ':'
        + CAST(SUM(hash_low) AS varchar(40))) AS varbinary(32)) AS content_hash
INTO #backfill_sums
FROM [dbo].[backfill_sales] WHERE invoice IS NOT NULL GROUP BY invoice

-- @max_amount Decimal, @max_units BigInt
SELECT sale.line AS [Line], sale.sku AS [Sku], sale.cents AS [Cents], head.invoice AS [Invoice], sale.quantity AS [Quantity],
    sale.sold_at AS [SoldAt], sale.customer AS [Customer]
FROM #backfill_sums sums
JOIN [dbo].[backfill_sales] head ON head.line = sums.line
JOIN [dbo].[backfill_sales] sale ON sale.invoice = sums.invoice
WHERE sums.cents > @max_amount * 100 OR sums.units > @max_units
ORDER BY sums.line, sale.line

DELETE FROM [dbo].[backfill_sales] WHERE line IN (SELECT line FROM [dbo].[backfill_removed])

DROP TABLE IF EXISTS #backfill_sums;
SELECT invoice, MIN(line) AS line, SUM(CAST(cents AS decimal(28, 0)) * quantity) AS cents, SUM(CAST(quantity AS bigint)) AS units,
    CAST(HASHBYTES('SHA2_256', CAST(COUNT(*) AS varchar(20)) + ':' + CAST(SUM(hash_high) AS varchar(40)) + ':'
        + CAST(SUM(hash_low) AS varchar(40))) AS varbinary(32)) AS content_hash
INTO #backfill_sums
FROM [dbo].[backfill_sales] WHERE invoice IS NOT NULL GROUP BY invoice

SELECT sums.invoice, sums.line, sums.cents, sums.content_hash, head.customer, head.sold_at,
    CASE WHEN known.invoice_no IS NULL THEN 1 ELSE 0 END AS is_new,
    CASE WHEN known.content_hash <> sums.content_hash THEN 1 ELSE 0 END AS is_changed
INTO #backfill_compared
FROM #backfill_sums sums
JOIN [dbo].[backfill_sales] head ON head.line = sums.line
LEFT JOIN imported_invoices known ON known.invoice_no = sums.invoice;
CREATE TABLE #backfill_order_ids (id bigint NOT NULL);
INSERT INTO #backfill_order_ids
SELECT NEXT VALUE FOR [dbo].[order_ids] FROM #backfill_compared WHERE is_new = 1 OR is_changed = 1;
SELECT compared.*, numbered.id AS order_id
INTO #backfill_invoices
FROM #backfill_compared compared
LEFT JOIN (
    SELECT line, ROW_NUMBER() OVER (ORDER BY line) AS place FROM #backfill_compared WHERE is_new = 1 OR is_changed = 1) wanted
    ON wanted.line = compared.line
LEFT JOIN (SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS place FROM #backfill_order_ids) numbered ON numbered.place = wanted.place

SELECT COUNT_BIG(*) AS [Value] FROM #backfill_invoices WHERE is_new = 1

SELECT COUNT_BIG(*) AS [Value] FROM #backfill_invoices WHERE is_changed = 1

SELECT head.sku, COALESCE(named.name COLLATE Latin1_General_100_CI_AS, head.sku) AS name, CAST(COALESCE(priced.cents, 0) * 0.01 AS decimal(12, 2)) AS price, told.units,
    told.first_line
INTO #backfill_products
FROM (
    SELECT sale.sku, MIN(sale.line) AS first_line, MAX(CASE WHEN sale.name IS NOT NULL THEN sale.line END) AS name_line,
        MAX(CASE WHEN sale.cents IS NOT NULL THEN sale.line END) AS price_line,
        SUM(CASE WHEN invoice.order_id IS NOT NULL THEN CAST(sale.quantity AS bigint) ELSE 0 END) AS units
    FROM [dbo].[backfill_sales] sale LEFT JOIN #backfill_invoices invoice ON invoice.invoice = sale.invoice
    GROUP BY sale.sku) told
JOIN [dbo].[backfill_sales] head ON head.line = told.first_line
LEFT JOIN [dbo].[backfill_sales] named ON named.line = told.name_line
LEFT JOIN [dbo].[backfill_sales] priced ON priced.line = told.price_line

SELECT customer, MIN(line) AS first_line, CAST('customer-' + CAST(customer AS varchar(20)) AS nvarchar(50)) COLLATE Latin1_General_100_CI_AS AS username
INTO #backfill_customers
FROM #backfill_invoices WHERE order_id IS NOT NULL GROUP BY customer

DROP TABLE IF EXISTS #backfill_new_customers;
DROP TABLE IF EXISTS #backfill_user_ids;
SELECT wanted.username, ROW_NUMBER() OVER (ORDER BY wanted.first_line) AS place
INTO #backfill_new_customers
FROM #backfill_customers wanted
WHERE NOT EXISTS (SELECT 1 FROM users known WHERE known.username = wanted.username);
CREATE TABLE #backfill_user_ids (id bigint NOT NULL);
INSERT INTO #backfill_user_ids SELECT NEXT VALUE FOR [dbo].[user_ids] FROM #backfill_new_customers

SAVE TRANSACTION [backfill_insert];

-- @now DateTimeOffset
INSERT INTO users (id, username, version, created_at, updated_at)
SELECT numbered.id, wanted.username, 1, @now, @now
FROM #backfill_new_customers wanted
JOIN (SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS place FROM #backfill_user_ids) numbered ON numbered.place = wanted.place

SELECT COUNT_BIG(*) AS [Value] FROM #backfill_new_customers

UPDATE orders SET version = version WHERE invoice_no IN (SELECT invoice FROM #backfill_invoices WHERE is_changed = 1)

SELECT id INTO #backfill_replaced
FROM orders WHERE invoice_no IN (SELECT invoice FROM #backfill_invoices WHERE is_changed = 1);
SELECT items.product_id, SUM(CAST(items.quantity AS bigint)) AS units
INTO #backfill_returns
FROM order_items items JOIN orders ON orders.id = items.order_id
WHERE orders.id IN (SELECT id FROM #backfill_replaced) AND orders.status IN ('paid', 'shipped', 'delivered')
GROUP BY items.product_id

DROP TABLE IF EXISTS #backfill_new_products;
DROP TABLE IF EXISTS #backfill_product_ids;
SELECT wanted.first_line, ROW_NUMBER() OVER (ORDER BY wanted.first_line) AS place
INTO #backfill_new_products
FROM #backfill_products wanted
WHERE NOT EXISTS (SELECT 1 FROM products known WHERE known.sku = wanted.sku);
CREATE TABLE #backfill_product_ids (id bigint NOT NULL);
INSERT INTO #backfill_product_ids SELECT NEXT VALUE FOR [dbo].[product_ids] FROM #backfill_new_products

SAVE TRANSACTION [backfill_insert];

-- @now DateTimeOffset
INSERT INTO products (id, sku, name, price, stock, rating_sum, review_count, units_sold, has_words, version, created_at, updated_at)
SELECT numbered.id, wanted.sku, wanted.name, wanted.price, 0, 0, 0, wanted.units, CAST(0 AS bit), 1, @now, @now
FROM #backfill_products wanted
JOIN #backfill_new_products made ON made.first_line = wanted.first_line
JOIN (SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS place FROM #backfill_product_ids) numbered ON numbered.place = made.place

SELECT COUNT_BIG(*) AS [Value] FROM #backfill_new_products

SELECT wanted.first_line, wanted.sku, ranked.id
INTO #backfill_matches
FROM #backfill_products wanted
JOIN (
    SELECT id, sku, ROW_NUMBER() OVER (
        PARTITION BY sku ORDER BY CASE WHEN deleted_at IS NULL THEN 0 ELSE 1 END, deleted_at DESC, id DESC) AS place
    FROM products WHERE sku IN (SELECT sku FROM #backfill_products)) ranked
    ON ranked.sku = wanted.sku AND ranked.place = 1;
SELECT matched.id, wanted.name, wanted.price, wanted.units
INTO #backfill_known
FROM #backfill_products wanted JOIN #backfill_matches matched ON matched.first_line = wanted.first_line
WHERE wanted.first_line NOT IN (SELECT first_line FROM #backfill_new_products);
SELECT product.id
INTO #backfill_locked
FROM products product LEFT JOIN #backfill_known known ON known.id = product.id
WHERE known.units > 0 OR (known.price <> product.price OR known.name <> product.name COLLATE Latin1_General_100_BIN2) OR product.id IN (SELECT product_id FROM #backfill_returns)

UPDATE products SET version = version WHERE id IN (SELECT id FROM #backfill_locked)

-- @taken Int OUTPUT, @p0 NVarChar, @p1 NVarChar, @p2 Int
EXEC @taken = sp_getapplock @Resource = @p0, @LockMode = @p1, @LockOwner = 'Transaction', @LockTimeout = @p2

DROP TABLE IF EXISTS #backfill_totals;
CREATE TABLE #backfill_totals (series smallint, starts_on date, subject_id bigint, revenue decimal(18, 2), units bigint, orders bigint)

WITH facts AS (SELECT o.id AS order_id, o.user_id, CAST(SWITCHOFFSET(o.paid_at, c.offset_minutes) AS date) AS day, -1 AS sign
FROM orders o JOIN sales_calendar c ON c.starts_at <= o.paid_at AND c.ends_at > o.paid_at
WHERE o.id IN (SELECT id FROM #backfill_replaced)
UNION ALL
SELECT o.id, o.user_id, CAST(SWITCHOFFSET(o.refunded_at, c.offset_minutes) AS date), 1
FROM orders o JOIN sales_calendar c ON c.starts_at <= o.refunded_at AND c.ends_at > o.refunded_at
WHERE o.paid_at IS NOT NULL AND o.id IN (SELECT id FROM #backfill_replaced)),
parts AS (SELECT order_id, user_id, day, 0 AS revenue FROM facts WHERE 1 = 0),
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
    FROM order_days GROUP BY DATEFROMPARTS(YEAR(day), MONTH(day), 1), user_id) INSERT INTO #backfill_totals SELECT * FROM (SELECT 1 AS series, day AS starts_on, 0 AS subject_id, SUM(revenue) AS revenue, SUM(units) AS units, SUM(orders) AS orders
FROM (SELECT day, revenue, units, 0 AS orders FROM product_days UNION ALL SELECT day, part, 0, orders FROM order_days) days
GROUP BY day
UNION ALL SELECT 2, day, product_id, revenue, units, 0 FROM product_days
UNION ALL SELECT 3, month, product_id, revenue, units, 0 FROM product_months
UNION ALL SELECT 4, day, user_id, revenue, 0, orders FROM order_days
UNION ALL SELECT 5, month, user_id, revenue, 0, orders FROM order_months
UNION ALL SELECT 6, DATEFROMPARTS(YEAR(month), 1, 1), product_id, SUM(revenue), SUM(units), 0 FROM product_months GROUP BY DATEFROMPARTS(YEAR(month), 1, 1), product_id
UNION ALL SELECT 7, DATEFROMPARTS(YEAR(month), 1, 1), user_id, SUM(revenue), 0, SUM(orders) FROM order_months GROUP BY DATEFROMPARTS(YEAR(month), 1, 1), user_id) totals

UPDATE total SET revenue = total.revenue + added.revenue, units = total.units + added.units, orders = total.orders + added.orders
FROM sales_totals total
JOIN #backfill_totals added ON added.series = total.series AND added.starts_on = total.starts_on AND added.subject_id = total.subject_id;
INSERT INTO sales_totals (series, starts_on, subject_id, revenue, units, orders)
SELECT series, starts_on, subject_id, revenue, units, orders FROM #backfill_totals added
WHERE NOT EXISTS (
    SELECT 1 FROM sales_totals total
    WHERE total.series = added.series AND total.starts_on = added.starts_on AND total.subject_id = added.subject_id)

UPDATE product SET units_sold = product.units_sold - returned.units
FROM products product JOIN #backfill_returns returned ON returned.product_id = product.id;
DELETE FROM orders WHERE id IN (SELECT id FROM #backfill_replaced)

SELECT COUNT_BIG(*) AS [Value]
FROM #backfill_known known JOIN products product ON product.id = known.id JOIN #backfill_locked locked ON locked.id = product.id
WHERE (known.price <> product.price OR known.name <> product.name COLLATE Latin1_General_100_BIN2)

-- @now DateTimeOffset
UPDATE product SET name = known.name, price = known.price, units_sold = product.units_sold + known.units,
    version = product.version + CASE WHEN (known.price <> product.price OR known.name <> product.name COLLATE Latin1_General_100_BIN2) THEN 1 ELSE 0 END,
    has_words = CASE WHEN known.name <> product.name COLLATE Latin1_General_100_BIN2 THEN CAST(0 AS bit) ELSE product.has_words END,
    updated_at = CASE WHEN (known.price <> product.price OR known.name <> product.name COLLATE Latin1_General_100_BIN2) THEN @now ELSE product.updated_at END
FROM products product
JOIN #backfill_known known ON known.id = product.id
JOIN #backfill_locked locked ON locked.id = product.id
WHERE known.units > 0 OR (known.price <> product.price OR known.name <> product.name COLLATE Latin1_General_100_BIN2)

INSERT INTO orders (id, number, user_id, origin, status, invoice_no, subtotal, discount, shipping, tax, total, placed_at, paid_at,
    version, created_at, updated_at)
SELECT invoice.order_id, invoice.invoice, buyer.id, 'imported', 'delivered', invoice.invoice, CAST(invoice.cents * 0.01 AS decimal(12, 2)),
    0, 0, 0, CAST(invoice.cents * 0.01 AS decimal(12, 2)), invoice.sold_at, invoice.sold_at, 1, invoice.sold_at, invoice.sold_at
FROM #backfill_invoices invoice
JOIN #backfill_customers customer ON customer.customer = invoice.customer
JOIN users buyer ON buyer.username = customer.username
WHERE invoice.order_id IS NOT NULL

INSERT INTO order_items (order_id, product_id, quantity, sku, name, unit_price, line_total, stock_held)
SELECT item.order_id, product.id, item.quantity, product.sku, product.name, CAST(item.cents * 0.01 AS decimal(12, 2)),
    CAST(item.cents * item.quantity * 0.01 AS decimal(12, 2)), 0
FROM (
    SELECT invoice.order_id, matched.id AS product_id, sale.cents, SUM(sale.quantity) AS quantity, MIN(sale.line) AS first_line
    FROM [dbo].[backfill_sales] sale
    JOIN #backfill_invoices invoice ON invoice.invoice = sale.invoice
    JOIN #backfill_matches matched ON matched.sku = sale.sku
    WHERE invoice.order_id IS NOT NULL
    GROUP BY invoice.order_id, matched.id, sale.cents) item
JOIN products product ON product.id = item.product_id
ORDER BY item.first_line

DROP TABLE IF EXISTS #backfill_totals;
CREATE TABLE #backfill_totals (series smallint, starts_on date, subject_id bigint, revenue decimal(18, 2), units bigint, orders bigint)

WITH facts AS (SELECT o.id AS order_id, o.user_id, CAST(SWITCHOFFSET(o.paid_at, c.offset_minutes) AS date) AS day, 1 AS sign
FROM orders o JOIN sales_calendar c ON c.starts_at <= o.paid_at AND c.ends_at > o.paid_at
WHERE o.id IN (SELECT order_id FROM #backfill_invoices)
UNION ALL
SELECT o.id, o.user_id, CAST(SWITCHOFFSET(o.refunded_at, c.offset_minutes) AS date), -1
FROM orders o JOIN sales_calendar c ON c.starts_at <= o.refunded_at AND c.ends_at > o.refunded_at
WHERE o.paid_at IS NOT NULL AND o.id IN (SELECT order_id FROM #backfill_invoices)),
parts AS (SELECT order_id, user_id, day, 0 AS revenue FROM facts WHERE 1 = 0),
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
    FROM order_days GROUP BY DATEFROMPARTS(YEAR(day), MONTH(day), 1), user_id) INSERT INTO #backfill_totals SELECT * FROM (SELECT 1 AS series, day AS starts_on, 0 AS subject_id, SUM(revenue) AS revenue, SUM(units) AS units, SUM(orders) AS orders
FROM (SELECT day, revenue, units, 0 AS orders FROM product_days UNION ALL SELECT day, part, 0, orders FROM order_days) days
GROUP BY day
UNION ALL SELECT 2, day, product_id, revenue, units, 0 FROM product_days
UNION ALL SELECT 3, month, product_id, revenue, units, 0 FROM product_months
UNION ALL SELECT 4, day, user_id, revenue, 0, orders FROM order_days
UNION ALL SELECT 5, month, user_id, revenue, 0, orders FROM order_months
UNION ALL SELECT 6, DATEFROMPARTS(YEAR(month), 1, 1), product_id, SUM(revenue), SUM(units), 0 FROM product_months GROUP BY DATEFROMPARTS(YEAR(month), 1, 1), product_id
UNION ALL SELECT 7, DATEFROMPARTS(YEAR(month), 1, 1), user_id, SUM(revenue), 0, SUM(orders) FROM order_months GROUP BY DATEFROMPARTS(YEAR(month), 1, 1), user_id) totals

UPDATE total SET revenue = total.revenue + added.revenue, units = total.units + added.units, orders = total.orders + added.orders
FROM sales_totals total
JOIN #backfill_totals added ON added.series = total.series AND added.starts_on = total.starts_on AND added.subject_id = total.subject_id;
INSERT INTO sales_totals (series, starts_on, subject_id, revenue, units, orders)
SELECT series, starts_on, subject_id, revenue, units, orders FROM #backfill_totals added
WHERE NOT EXISTS (
    SELECT 1 FROM sales_totals total
    WHERE total.series = added.series AND total.starts_on = added.starts_on AND total.subject_id = added.subject_id)

UPDATE known SET content_hash = invoice.content_hash
FROM imported_invoices known JOIN #backfill_invoices invoice ON invoice.invoice = known.invoice_no
WHERE invoice.is_changed = 1;
INSERT INTO imported_invoices (invoice_no, content_hash) SELECT invoice, content_hash FROM #backfill_invoices WHERE is_new = 1

SELECT COUNT_BIG(*) AS [Value] FROM #backfill_products

SELECT COUNT_BIG(DISTINCT customer) AS [Value] FROM #backfill_invoices

SELECT COUNT_BIG(*) AS [Value] FROM #backfill_invoices

SELECT COUNT_BIG(*) AS [Value]
FROM (
    SELECT DISTINCT invoice.line, matched.id, sale.cents
    FROM [dbo].[backfill_sales] sale
    JOIN #backfill_invoices invoice ON invoice.invoice = sale.invoice
    JOIN #backfill_matches matched ON matched.sku = sale.sku
    WHERE invoice.order_id IS NULL) item

DROP TABLE [dbo].[backfill_sales];
DROP TABLE [dbo].[backfill_removed]

-- SqlServerBackfillTables loads a catalog

-- BEGIN TRANSACTION, Unspecified

CREATE TABLE [dbo].[backfill_catalog] (
    line bigint NOT NULL PRIMARY KEY, sku nvarchar(64) COLLATE Latin1_General_100_CI_AS NOT NULL, name nvarchar(300) NOT NULL,
    description nvarchar(max) NULL, cents bigint NOT NULL, category nvarchar(200) COLLATE Latin1_General_100_CI_AS NULL,
    image_url nvarchar(2000) NULL, stock int NULL)

SELECT line, sku, name, description, CAST(cents * 0.01 AS decimal(12, 2)) AS price, category, image_url, stock
INTO #backfill_products
FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY sku ORDER BY line DESC) AS place FROM [dbo].[backfill_catalog]) ranked
WHERE place = 1;
CREATE TABLE #backfill_locked (id bigint NOT NULL)

DROP TABLE IF EXISTS #backfill_new_categories;
DROP TABLE IF EXISTS #backfill_category_ids;
SELECT head.category AS name, ROW_NUMBER() OVER (ORDER BY head.line) AS place
INTO #backfill_new_categories
FROM (SELECT category, MIN(line) AS line FROM #backfill_products WHERE category IS NOT NULL GROUP BY category) wanted
JOIN #backfill_products head ON head.line = wanted.line
WHERE NOT EXISTS (SELECT 1 FROM categories known WHERE known.name = wanted.category);
CREATE TABLE #backfill_category_ids (id bigint NOT NULL);
INSERT INTO #backfill_category_ids SELECT NEXT VALUE FOR [dbo].[category_ids] FROM #backfill_new_categories

SAVE TRANSACTION [backfill_insert];

-- @now DateTimeOffset
INSERT INTO categories (id, name, parent_id, version, created_at, updated_at)
SELECT numbered.id, wanted.name, NULL, 1, @now, @now
FROM #backfill_new_categories wanted
JOIN (SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS place FROM #backfill_category_ids) numbered ON numbered.place = wanted.place

SELECT name, id
INTO #backfill_categories
FROM (
    SELECT name, id, ROW_NUMBER() OVER (PARTITION BY name ORDER BY COALESCE(parent_id, 0), id) AS place
    FROM categories WHERE name IN (SELECT category FROM #backfill_products)) ranked
WHERE place = 1

DROP TABLE IF EXISTS #backfill_new_products;
DROP TABLE IF EXISTS #backfill_product_ids;
DROP TABLE IF EXISTS #backfill_made;
SELECT wanted.line, ROW_NUMBER() OVER (ORDER BY wanted.line) AS place
INTO #backfill_new_products
FROM #backfill_products wanted
WHERE NOT EXISTS (SELECT 1 FROM products known WHERE known.sku = wanted.sku AND known.deleted_at IS NULL);
CREATE TABLE #backfill_product_ids (id bigint NOT NULL);
INSERT INTO #backfill_product_ids SELECT NEXT VALUE FOR [dbo].[product_ids] FROM #backfill_new_products;
SELECT numbered.id, made.line
INTO #backfill_made
FROM #backfill_new_products made
JOIN (SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS place FROM #backfill_product_ids) numbered ON numbered.place = made.place

SAVE TRANSACTION [backfill_insert];

-- @now DateTimeOffset
INSERT INTO products (id, sku, name, description, price, category_id, image_url, stock, rating_sum, review_count, units_sold,
    has_words, version, created_at, updated_at)
SELECT made.id, wanted.sku, wanted.name, wanted.description, wanted.price, category.id, wanted.image_url, COALESCE(wanted.stock, 0), 0, 0, 0,
    CAST(0 AS bit), 1, @now, @now
FROM #backfill_products wanted
JOIN #backfill_made made ON made.line = wanted.line
LEFT JOIN #backfill_categories category ON category.name = wanted.category

-- @now DateTimeOffset
INSERT INTO stock_movements (product_id, delta, reason, created_at)
SELECT made.id, wanted.stock, 'listed', @now
FROM #backfill_products wanted JOIN #backfill_made made ON made.line = wanted.line
WHERE wanted.stock > 0

-- @has_description Bit, @has_category Bit, @has_image_url Bit
INSERT INTO #backfill_locked
SELECT product.id FROM products product JOIN #backfill_products wanted ON wanted.sku = product.sku
WHERE product.deleted_at IS NULL AND product.id NOT IN (SELECT id FROM #backfill_made) AND ((wanted.name <> product.name COLLATE Latin1_General_100_BIN2
    OR (@has_description = 1 AND (wanted.description <> product.description COLLATE Latin1_General_100_BIN2
        OR (wanted.description IS NULL AND product.description IS NOT NULL) OR (wanted.description IS NOT NULL AND product.description IS NULL)))) OR wanted.price <> product.price OR wanted.stock <> product.stock
    OR (@has_image_url = 1 AND (wanted.image_url <> product.image_url COLLATE Latin1_General_100_BIN2
        OR (wanted.image_url IS NULL AND product.image_url IS NOT NULL) OR (wanted.image_url IS NOT NULL AND product.image_url IS NULL)))
    OR (@has_category = 1 AND ((product.category_id IS NULL AND wanted.category IS NOT NULL) OR (product.category_id IS NOT NULL AND wanted.category IS NULL)
    OR EXISTS (SELECT 1 FROM categories known WHERE known.id = product.category_id AND known.name <> wanted.category))))

UPDATE products SET version = version WHERE id IN (SELECT id FROM #backfill_locked)

-- @now DateTimeOffset
INSERT INTO stock_movements (product_id, delta, reason, created_at)
SELECT product.id, wanted.stock - product.stock, 'recounted', @now
FROM products product JOIN #backfill_products wanted ON wanted.sku = product.sku
WHERE product.id IN (SELECT id FROM #backfill_locked) AND wanted.stock <> product.stock

-- @has_description Bit, @has_category Bit, @has_image_url Bit, @now DateTimeOffset
UPDATE product SET name = wanted.name, price = wanted.price,
    description = CASE WHEN @has_description = 1 THEN wanted.description ELSE product.description END,
    image_url = CASE WHEN @has_image_url = 1 THEN wanted.image_url ELSE product.image_url END,
    category_id = CASE WHEN @has_category = 1 AND ((product.category_id IS NULL AND wanted.category IS NOT NULL) OR (product.category_id IS NOT NULL AND wanted.category IS NULL)
    OR EXISTS (SELECT 1 FROM categories known WHERE known.id = product.category_id AND known.name <> wanted.category)) THEN category.id ELSE product.category_id END,
    has_words = CASE WHEN (wanted.name <> product.name COLLATE Latin1_General_100_BIN2
    OR (@has_description = 1 AND (wanted.description <> product.description COLLATE Latin1_General_100_BIN2
        OR (wanted.description IS NULL AND product.description IS NOT NULL) OR (wanted.description IS NOT NULL AND product.description IS NULL)))) THEN CAST(0 AS bit) ELSE product.has_words END,
    stock = COALESCE(wanted.stock, product.stock), version = product.version + 1, updated_at = @now
FROM products product
JOIN #backfill_products wanted ON wanted.sku = product.sku
LEFT JOIN #backfill_categories category ON category.name = wanted.category
WHERE product.id IN (SELECT id FROM #backfill_locked)

SELECT COUNT_BIG(*) AS [Value] FROM #backfill_made

SELECT COUNT_BIG(*) AS [Value] FROM #backfill_products

DROP TABLE [dbo].[backfill_catalog]
