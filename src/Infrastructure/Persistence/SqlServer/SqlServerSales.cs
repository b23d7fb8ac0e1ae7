using Shop.Domain.Catalog;
using Shop.Domain.Orders;

namespace Shop.Infrastructure.Persistence.SqlServer;

/// <summary>
/// From staged sales to products, customers and orders, in the order of these members. Rows are locked as everywhere: orders, then products;
/// and only those that change.
/// </summary>
/// <remarks>
/// What SqlBulkCopy fills is an ordinary table that lives as long as the transaction: servers that only speak the protocol can't copy into a
/// temporary one. What follows from it lies in temporary tables. A statement that makes one has no parameters: with them it would run in a
/// scope of its own, whose end is the table's too. Invoices compare as the database's own collation does.
/// </remarks>
internal static class SqlServerSales
{
    public const string Table = "[dbo].[backfill_sales]";
    public const string RemovedTable = "[dbo].[backfill_removed]";

    public static readonly string Stage = $"""
        CREATE TABLE {Table} (
            line bigint NOT NULL PRIMARY KEY, sku nvarchar({Product.MaxSkuLength}) COLLATE {SqlServerDialect.Collation} NOT NULL, name nvarchar({Product.MaxNameLength}) NULL,
            cents bigint NULL, invoice nvarchar({Order.MaxNumberLength}) NULL, quantity int NULL, sold_at datetimeoffset NULL, customer bigint NULL, hash_high bigint NULL, hash_low bigint NULL);
        CREATE TABLE {RemovedTable} (line bigint NOT NULL PRIMARY KEY)
        """;

    /// <summary>The two halves of the hashes are summed apart, since a bigint holds no sum of whole ones.</summary>
    public const string FindInvoices = $"""
        DROP TABLE IF EXISTS #backfill_sums;
        SELECT invoice, MIN(line) AS line, SUM(CAST(cents AS decimal(28, 0)) * quantity) AS cents, SUM(CAST(quantity AS bigint)) AS units,
            CAST(HASHBYTES('SHA2_256', CAST(COUNT(*) AS varchar(20)) + ':' + CAST(SUM(hash_high) AS varchar(40)) + ':'
                + CAST(SUM(hash_low) AS varchar(40))) AS varbinary(32)) AS content_hash
        INTO #backfill_sums
        FROM {Table} WHERE invoice IS NOT NULL GROUP BY invoice
        """;

    public const string LargeInvoices = $"""
        SELECT sale.line AS [Line], sale.sku AS [Sku], sale.cents AS [Cents], head.invoice AS [Invoice], sale.quantity AS [Quantity],
            sale.sold_at AS [SoldAt], sale.customer AS [Customer]
        FROM #backfill_sums sums
        JOIN {Table} head ON head.line = sums.line
        JOIN {Table} sale ON sale.invoice = sums.invoice
        WHERE sums.cents > @max_amount * 100 OR sums.units > @max_units
        ORDER BY sums.line, sale.line
        """;

    public const string Remove = $"DELETE FROM {Table} WHERE line IN (SELECT line FROM {RemovedTable})";

    /// <summary>Each invoice with what its first row says; order_id is null for one that was loaded before with the same rows.</summary>
    public const string CompareInvoices = $"""
        SELECT sums.invoice, sums.line, sums.cents, sums.content_hash, head.customer, head.sold_at,
            CASE WHEN known.invoice_no IS NULL THEN 1 ELSE 0 END AS is_new,
            CASE WHEN known.content_hash <> sums.content_hash THEN 1 ELSE 0 END AS is_changed
        INTO #backfill_compared
        FROM #backfill_sums sums
        JOIN {Table} head ON head.line = sums.line
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
        """;

    public const string Invoices = "SELECT COUNT_BIG(*) AS [Value] FROM #backfill_invoices";

    public const string NewInvoices = "SELECT COUNT_BIG(*) AS [Value] FROM #backfill_invoices WHERE is_new = 1";

    public const string ChangedInvoices = "SELECT COUNT_BIG(*) AS [Value] FROM #backfill_invoices WHERE is_changed = 1";

    public const string Customers = "SELECT COUNT_BIG(DISTINCT customer) AS [Value] FROM #backfill_invoices";

    /// <summary>A product per SKU, as its last rows say.</summary>
    public const string FindProducts = $"""
        SELECT head.sku, COALESCE(named.name COLLATE {SqlServerDialect.Collation}, head.sku) AS name, CAST(COALESCE(priced.cents, 0) * 0.01 AS decimal(12, 2)) AS price, told.units,
            told.first_line
        INTO #backfill_products
        FROM (
            SELECT sale.sku, MIN(sale.line) AS first_line, MAX(CASE WHEN sale.name IS NOT NULL THEN sale.line END) AS name_line,
                MAX(CASE WHEN sale.cents IS NOT NULL THEN sale.line END) AS price_line,
                SUM(CASE WHEN invoice.order_id IS NOT NULL THEN CAST(sale.quantity AS bigint) ELSE 0 END) AS units
            FROM {Table} sale LEFT JOIN #backfill_invoices invoice ON invoice.invoice = sale.invoice
            GROUP BY sale.sku) told
        JOIN {Table} head ON head.line = told.first_line
        LEFT JOIN {Table} named ON named.line = told.name_line
        LEFT JOIN {Table} priced ON priced.line = told.price_line
        """;

    public const string Products = "SELECT COUNT_BIG(*) AS [Value] FROM #backfill_products";

    public const string FindCustomers = $"""
        SELECT customer, MIN(line) AS first_line, CAST('customer-' + CAST(customer AS varchar(20)) AS nvarchar(50)) COLLATE {SqlServerDialect.Collation} AS username
        INTO #backfill_customers
        FROM #backfill_invoices WHERE order_id IS NOT NULL GROUP BY customer
        """;

    public const string FindNewCustomers = """
        DROP TABLE IF EXISTS #backfill_new_customers;
        DROP TABLE IF EXISTS #backfill_user_ids;
        SELECT wanted.username, ROW_NUMBER() OVER (ORDER BY wanted.first_line) AS place
        INTO #backfill_new_customers
        FROM #backfill_customers wanted
        WHERE NOT EXISTS (SELECT 1 FROM users known WHERE known.username = wanted.username);
        CREATE TABLE #backfill_user_ids (id bigint NOT NULL);
        INSERT INTO #backfill_user_ids SELECT NEXT VALUE FOR [dbo].[user_ids] FROM #backfill_new_customers
        """;

    public const string InsertCustomers = """
        INSERT INTO users (id, username, version, created_at, updated_at)
        SELECT numbered.id, wanted.username, 1, @now, @now
        FROM #backfill_new_customers wanted
        JOIN (SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS place FROM #backfill_user_ids) numbered ON numbered.place = wanted.place
        """;

    public const string NewCustomers = "SELECT COUNT_BIG(*) AS [Value] FROM #backfill_new_customers";

    /// <summary>An update that changes nothing locks the orders of invoices that come with other rows.</summary>
    public const string LockReplaced = """
        UPDATE orders SET version = version WHERE invoice_no IN (SELECT invoice FROM #backfill_invoices WHERE is_changed = 1)
        """;

    /// <summary>Those orders, of edited purchases too, and the units sold that leave with them.</summary>
    public const string FindReplaced = """
        SELECT id INTO #backfill_replaced
        FROM orders WHERE invoice_no IN (SELECT invoice FROM #backfill_invoices WHERE is_changed = 1);
        SELECT items.product_id, SUM(CAST(items.quantity AS bigint)) AS units
        INTO #backfill_returns
        FROM order_items items JOIN orders ON orders.id = items.order_id
        WHERE orders.id IN (SELECT id FROM #backfill_replaced) AND orders.status IN ('paid', 'shipped', 'delivered')
        GROUP BY items.product_id
        """;

    /// <summary>A withdrawn product stays what its SKU means here, and stays withdrawn.</summary>
    public const string FindNewProducts = """
        DROP TABLE IF EXISTS #backfill_new_products;
        DROP TABLE IF EXISTS #backfill_product_ids;
        SELECT wanted.first_line, ROW_NUMBER() OVER (ORDER BY wanted.first_line) AS place
        INTO #backfill_new_products
        FROM #backfill_products wanted
        WHERE NOT EXISTS (SELECT 1 FROM products known WHERE known.sku = wanted.sku);
        CREATE TABLE #backfill_product_ids (id bigint NOT NULL);
        INSERT INTO #backfill_product_ids SELECT NEXT VALUE FOR [dbo].[product_ids] FROM #backfill_new_products
        """;

    public const string InsertProducts = """
        INSERT INTO products (id, sku, name, price, stock, rating_sum, review_count, units_sold, has_words, version, created_at, updated_at)
        SELECT numbered.id, wanted.sku, wanted.name, wanted.price, 0, 0, 0, wanted.units, CAST(0 AS bit), 1, @now, @now
        FROM #backfill_products wanted
        JOIN #backfill_new_products made ON made.first_line = wanted.first_line
        JOIN (SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS place FROM #backfill_product_ids) numbered ON numbered.place = made.place
        """;

    public const string NewProducts = "SELECT COUNT_BIG(*) AS [Value] FROM #backfill_new_products";

    public const string FindKnown = $"""
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
        WHERE known.units > 0 OR {IsEdit} OR product.id IN (SELECT product_id FROM #backfill_returns)
        """;

    /// <summary>What is edited after this statement by somebody else counts as edited after the load.</summary>
    public const string LockProducts = "UPDATE products SET version = version WHERE id IN (SELECT id FROM #backfill_locked)";

    /// <summary>Imported lines hold no stock, so only the units sold go.</summary>
    public const string RemoveReplaced = """
        UPDATE product SET units_sold = product.units_sold - returned.units
        FROM products product JOIN #backfill_returns returned ON returned.product_id = product.id;
        DELETE FROM orders WHERE id IN (SELECT id FROM #backfill_replaced)
        """;

    public const string ChangedProducts = $"""
        SELECT COUNT_BIG(*) AS [Value]
        FROM #backfill_known known JOIN products product ON product.id = known.id JOIN #backfill_locked locked ON locked.id = product.id
        WHERE {IsEdit}
        """;

    public const string UpdateProducts = $"""
        UPDATE product SET name = known.name, price = known.price, units_sold = product.units_sold + known.units,
            version = product.version + CASE WHEN {IsEdit} THEN 1 ELSE 0 END,
            has_words = CASE WHEN {IsRenamed} THEN CAST(0 AS bit) ELSE product.has_words END,
            updated_at = CASE WHEN {IsEdit} THEN @now ELSE product.updated_at END
        FROM products product
        JOIN #backfill_known known ON known.id = product.id
        JOIN #backfill_locked locked ON locked.id = product.id
        WHERE known.units > 0 OR {IsEdit}
        """;

    public const string InsertOrders = """
        INSERT INTO orders (id, number, user_id, origin, status, invoice_no, subtotal, discount, shipping, tax, total, placed_at, paid_at,
            version, created_at, updated_at)
        SELECT invoice.order_id, invoice.invoice, buyer.id, 'imported', 'delivered', invoice.invoice, CAST(invoice.cents * 0.01 AS decimal(12, 2)),
            0, 0, 0, CAST(invoice.cents * 0.01 AS decimal(12, 2)), invoice.sold_at, invoice.sold_at, 1, invoice.sold_at, invoice.sold_at
        FROM #backfill_invoices invoice
        JOIN #backfill_customers customer ON customer.customer = invoice.customer
        JOIN users buyer ON buyer.username = customer.username
        WHERE invoice.order_id IS NOT NULL
        """;

    public const string InsertLines = $"""
        INSERT INTO order_items (order_id, product_id, quantity, sku, name, unit_price, line_total, stock_held)
        SELECT item.order_id, product.id, item.quantity, product.sku, product.name, CAST(item.cents * 0.01 AS decimal(12, 2)),
            CAST(item.cents * item.quantity * 0.01 AS decimal(12, 2)), 0
        FROM (
            SELECT invoice.order_id, matched.id AS product_id, sale.cents, SUM(sale.quantity) AS quantity, MIN(sale.line) AS first_line
            FROM {Table} sale
            JOIN #backfill_invoices invoice ON invoice.invoice = sale.invoice
            JOIN #backfill_matches matched ON matched.sku = sale.sku
            WHERE invoice.order_id IS NOT NULL
            GROUP BY invoice.order_id, matched.id, sale.cents) item
        JOIN products product ON product.id = item.product_id
        ORDER BY item.first_line
        """;

    /// <summary>The lines of invoices that were there before.</summary>
    public const string KnownLines = $"""
        SELECT COUNT_BIG(*) AS [Value]
        FROM (
            SELECT DISTINCT invoice.line, matched.id, sale.cents
            FROM {Table} sale
            JOIN #backfill_invoices invoice ON invoice.invoice = sale.invoice
            JOIN #backfill_matches matched ON matched.sku = sale.sku
            WHERE invoice.order_id IS NULL) item
        """;

    public const string RememberInvoices = """
        UPDATE known SET content_hash = invoice.content_hash
        FROM imported_invoices known JOIN #backfill_invoices invoice ON invoice.invoice = known.invoice_no
        WHERE invoice.is_changed = 1;
        INSERT INTO imported_invoices (invoice_no, content_hash) SELECT invoice, content_hash FROM #backfill_invoices WHERE is_new = 1
        """;

    public const string StageTotals = """
        DROP TABLE IF EXISTS #backfill_totals;
        CREATE TABLE #backfill_totals (series smallint, starts_on date, subject_id bigint, revenue decimal(18, 2), units bigint, orders bigint)
        """;

    /// <summary>Nobody but the holder of the lock writes totals, so an update of those that are there and an insert of the others add up.</summary>
    public const string AddTotals = """
        UPDATE total SET revenue = total.revenue + added.revenue, units = total.units + added.units, orders = total.orders + added.orders
        FROM sales_totals total
        JOIN #backfill_totals added ON added.series = total.series AND added.starts_on = total.starts_on AND added.subject_id = total.subject_id;
        INSERT INTO sales_totals (series, starts_on, subject_id, revenue, units, orders)
        SELECT series, starts_on, subject_id, revenue, units, orders FROM #backfill_totals added
        WHERE NOT EXISTS (
            SELECT 1 FROM sales_totals total
            WHERE total.series = added.series AND total.starts_on = added.starts_on AND total.subject_id = added.subject_id)
        """;

    /// <summary>The temporary tables are gone with the next use of the connection.</summary>
    public const string Clear = $"""
        DROP TABLE {Table};
        DROP TABLE {RemovedTable}
        """;

    private const string IsRenamed = $"known.name <> product.name COLLATE {SqlServerDialect.Exact}";

    private const string IsEdit = $"(known.price <> product.price OR {IsRenamed})";
}
