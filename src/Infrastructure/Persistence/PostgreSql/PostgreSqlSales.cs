namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>
/// From staged sales to products, customers and orders, in the order of these members. Rows are locked as everywhere: customers, then
/// orders, then products, each by id; and only those that change.
/// </summary>
internal static class PostgreSqlSales
{
    /// <summary>
    /// Sorting and grouping by the hundred thousand fits in this memory. Lines name their run and their product by numbers, which compare faster
    /// than texts: the line of the file that the run begins on, and the one that the SKU was first met on. Codes and invoices compare by
    /// bytes until they meet the catalog.
    /// </summary>
    public const string Stage = """
        SET LOCAL work_mem = '64MB';
        SET LOCAL maintenance_work_mem = '64MB';
        SET LOCAL max_parallel_maintenance_workers = 0;
        SET LOCAL jit = off;
        CREATE TEMP TABLE backfill_lines (
            line bigint NOT NULL, run bigint NOT NULL, told bigint NOT NULL, cents bigint NOT NULL, quantity int NOT NULL,
            is_repeat boolean NOT NULL) ON COMMIT DROP;
        CREATE TEMP TABLE backfill_runs (
            run bigint NOT NULL, invoice text COLLATE "C" NOT NULL, customer bigint NOT NULL, sold_at timestamptz NOT NULL, lines bigint NOT NULL,
            cents bigint NOT NULL, units bigint NOT NULL, hash_high bigint NOT NULL, hash_low bigint NOT NULL) ON COMMIT DROP;
        CREATE TEMP TABLE backfill_told (
            told bigint NOT NULL, sku text COLLATE "C" NOT NULL, name_line bigint, name text, price_line bigint, cents bigint) ON COMMIT DROP
        """;

    public const string CopyLines = "COPY backfill_lines (line, run, told, cents, quantity, is_repeat) FROM STDIN (FORMAT BINARY)";

    public const string CopyRuns =
        "COPY backfill_runs (run, invoice, customer, sold_at, lines, cents, units, hash_high, hash_low) FROM STDIN (FORMAT BINARY)";

    public const string CopyTold = "COPY backfill_told (told, sku, name_line, name, price_line, cents) FROM STDIN (FORMAT BINARY)";

    public const string Analyze = "ANALYZE backfill_lines, backfill_runs, backfill_told";

    /// <summary>
    /// Of an invoice that is whole, that is one run, it is known which lines repeat an earlier one. The two halves of the hashes are summed apart, since a bigint holds no sum of whole ones.
    /// </summary>
    public const string FindInvoices = """
        DROP TABLE IF EXISTS backfill_sums;
        CREATE TEMP TABLE backfill_sums ON COMMIT DROP AS
        SELECT invoice, min(run) AS line, sum(cents) AS cents, sum(units) AS units, count(*) = 1 AS is_whole,
            sha256(convert_to(sum(lines) || ':' || sum(hash_high) * 4294967296 + sum(hash_low), 'UTF8')) AS content_hash
        FROM backfill_runs GROUP BY invoice
        """;

    public const string LargeInvoices = """
        SELECT line.line, told.sku, line.cents * 0.01, run.invoice, line.quantity, run.sold_at, run.customer
        FROM backfill_sums sums
        JOIN backfill_runs run USING (invoice)
        JOIN backfill_lines line USING (run)
        JOIN backfill_told told USING (told)
        WHERE sums.cents > @max_amount * 100 OR sums.units > @max_units
        ORDER BY run.invoice, line.line
        """;

    /// <summary>A row that may be beyond the limits has told of its SKU under its own line.</summary>
    public const string Remove = """
        WITH gone AS (
            DELETE FROM backfill_lines line USING unnest(@lines, @hashes) AS wanted(line, hash)
            WHERE line.line = wanted.line
            RETURNING line.run, line.cents, line.quantity, wanted.hash)
        UPDATE backfill_runs run SET lines = run.lines - sums.lines, cents = run.cents - sums.cents, units = run.units - sums.units,
            hash_high = run.hash_high - sums.hash_high, hash_low = run.hash_low - sums.hash_low
        FROM (
            SELECT run, count(*) AS lines, sum(cents * quantity) AS cents, sum(quantity) AS units,
                sum(hash >> 32) AS hash_high, sum(hash & 4294967295) AS hash_low
            FROM gone GROUP BY run) sums
        WHERE sums.run = run.run;
        DELETE FROM backfill_runs WHERE lines = 0;
        DELETE FROM backfill_told WHERE told = ANY(@lines)
        """;

    /// <summary>Each invoice with what its first row says; order_id is null for one that was loaded before with the same rows.</summary>
    public const string CompareInvoices = """
        CREATE TEMP TABLE backfill_invoices ON COMMIT DROP AS
        SELECT *, CASE WHEN is_new OR is_changed THEN nextval('order_ids') END AS order_id
        FROM (
            SELECT sums.invoice, sums.line, sums.cents * 0.01 AS total, sums.content_hash, sums.is_whole, first.customer, first.sold_at,
                known.invoice_no IS NULL AS is_new, known.content_hash <> sums.content_hash AS is_changed
            FROM backfill_sums sums
            JOIN backfill_runs first ON first.run = sums.line
            LEFT JOIN imported_invoices known ON known.invoice_no = sums.invoice
            ORDER BY sums.line) compared;
        CREATE TEMP TABLE backfill_run_orders ON COMMIT DROP AS
        SELECT run.run, invoice.line AS invoice, invoice.order_id, invoice.is_whole
        FROM backfill_runs run JOIN backfill_invoices invoice USING (invoice);
        ANALYZE backfill_invoices, backfill_run_orders
        """;

    public const string Invoices = "SELECT count(*) FROM backfill_invoices";

    public const string NewInvoices = "SELECT count(*) FROM backfill_invoices WHERE is_new";

    public const string ChangedInvoices = "SELECT count(*) FROM backfill_invoices WHERE is_changed";

    public const string Customers = "SELECT count(DISTINCT customer) FROM backfill_invoices";

    /// <summary>A product per SKU, as its last rows say; SKUs that the catalog takes for the same are one product.</summary>
    public const string FindProducts = """
        CREATE TEMP TABLE backfill_products ON COMMIT DROP AS
        SELECT (array_agg(told.sku ORDER BY told))[1] COLLATE case_insensitive AS sku,
            coalesce((array_agg(name ORDER BY name_line DESC NULLS LAST))[1], (array_agg(told.sku ORDER BY told))[1]) AS name,
            coalesce((array_agg(cents ORDER BY price_line DESC NULLS LAST))[1], 0) * 0.01 AS price,
            coalesce(sum(sold.units), 0) AS units, min(told) AS first_line
        FROM backfill_told told
        LEFT JOIN (
            SELECT told, sum(quantity) AS units
            FROM backfill_lines JOIN backfill_run_orders USING (run)
            WHERE order_id IS NOT NULL
            GROUP BY told) sold USING (told)
        GROUP BY told.sku COLLATE case_insensitive;
        ANALYZE backfill_products
        """;

    public const string Products = "SELECT count(*) FROM backfill_products";

    public const string InsertCustomers = """
        INSERT INTO users (id, username, version, created_at, updated_at)
        SELECT nextval('user_ids'), username, 1, @now, @now
        FROM (
            SELECT 'customer-' || customer AS username
            FROM backfill_invoices WHERE order_id IS NOT NULL
            GROUP BY customer ORDER BY min(line)) wanted
        WHERE NOT EXISTS (SELECT FROM users known WHERE known.username = wanted.username COLLATE case_insensitive)
        ON CONFLICT (username) DO NOTHING
        """;

    public const string LockCustomers = """
        CREATE TEMP TABLE backfill_customers ON COMMIT DROP AS
        SELECT wanted.customer, known.id
        FROM (SELECT DISTINCT customer FROM backfill_invoices WHERE order_id IS NOT NULL) wanted
        JOIN users known ON known.username = ('customer-' || wanted.customer) COLLATE case_insensitive;
        ANALYZE backfill_customers;
        SELECT users.id FROM users WHERE users.id IN (SELECT id FROM backfill_customers) ORDER BY users.id FOR KEY SHARE
        """;

    /// <summary>All orders of invoices that come with other rows, those of edited purchases too, and the units sold that leave with them.</summary>
    public const string FindReplaced = """
        CREATE TEMP TABLE backfill_replaced (id bigint NOT NULL) ON COMMIT DROP;
        INSERT INTO backfill_replaced
        SELECT orders.id FROM orders
        WHERE orders.invoice_no IN (SELECT invoice FROM backfill_invoices WHERE is_changed)
        ORDER BY orders.id FOR UPDATE;
        CREATE TEMP TABLE backfill_returns ON COMMIT DROP AS
        SELECT items.product_id, sum(items.quantity) AS units
        FROM order_items items JOIN orders ON orders.id = items.order_id
        WHERE orders.id IN (SELECT id FROM backfill_replaced) AND orders.status IN ('paid', 'shipped', 'delivered')
        GROUP BY items.product_id
        """;

    /// <summary>A withdrawn product stays what its SKU means here, and stays withdrawn.</summary>
    public const string InsertProducts = """
        CREATE TEMP TABLE backfill_made (id bigint NOT NULL) ON COMMIT DROP;
        WITH made AS (
            INSERT INTO products (id, sku, name, price, stock, rating_sum, review_count, units_sold, version, created_at, updated_at)
            SELECT nextval('product_ids'), sku, name, price, 0, 0, 0, units, 1, @now, @now
            FROM (
                SELECT * FROM backfill_products wanted
                WHERE NOT EXISTS (SELECT FROM products known WHERE known.sku = wanted.sku)
                ORDER BY first_line) wanted
            ON CONFLICT (sku) WHERE deleted_at IS NULL DO NOTHING
            RETURNING id)
        INSERT INTO backfill_made SELECT id FROM made
        """;

    public const string NewProducts = "SELECT count(*) FROM backfill_made";

    /// <summary>What is edited after the last of these statements by somebody else counts as edited after the load.</summary>
    public const string LockProducts = """
        CREATE TEMP TABLE backfill_matches ON COMMIT DROP AS
        SELECT DISTINCT ON (wanted.told) wanted.told, wanted.sku, known.id
        FROM backfill_told wanted JOIN products known ON known.sku = wanted.sku COLLATE case_insensitive
        ORDER BY wanted.told, known.deleted_at IS NULL DESC, known.deleted_at DESC, known.id DESC;
        CREATE TEMP TABLE backfill_known ON COMMIT DROP AS
        SELECT matched.id, wanted.name, wanted.price, wanted.units
        FROM backfill_products wanted JOIN backfill_matches matched ON matched.told = wanted.first_line
        WHERE matched.id NOT IN (SELECT id FROM backfill_made);
        ANALYZE backfill_matches, backfill_known;
        UPDATE backfill_run_orders SET is_whole = false
        WHERE is_whole AND EXISTS (SELECT FROM backfill_matches GROUP BY id HAVING count(*) > 1);
        CREATE TEMP TABLE backfill_locked (id bigint NOT NULL) ON COMMIT DROP;
        INSERT INTO backfill_locked
        SELECT products.id FROM products LEFT JOIN backfill_known known ON known.id = products.id
        WHERE known.units > 0 OR known.price <> products.price OR known.name <> products.name COLLATE "C"
            OR products.id IN (SELECT product_id FROM backfill_returns)
        ORDER BY products.id FOR NO KEY UPDATE OF products
        """;

    /// <summary>Imported lines hold no stock, so only the units sold go.</summary>
    public const string RemoveReplaced = """
        UPDATE products SET units_sold = units_sold - returned.units
        FROM backfill_returns returned WHERE returned.product_id = products.id;
        DELETE FROM orders WHERE id IN (SELECT id FROM backfill_replaced)
        """;

    public const string ChangedProducts = """
        SELECT count(*) FROM backfill_known known JOIN products USING (id) JOIN backfill_locked USING (id)
        WHERE known.price <> products.price OR known.name <> products.name COLLATE "C"
        """;

    public const string UpdateProducts = """
        UPDATE products SET name = changed.name, price = changed.price, units_sold = units_sold + changed.units,
            version = version + changed.is_edit::int, updated_at = CASE WHEN changed.is_edit THEN @now ELSE updated_at END
        FROM (
            SELECT known.*, known.price <> product.price OR known.name <> product.name COLLATE "C" AS is_edit
            FROM backfill_known known JOIN products product USING (id) JOIN backfill_locked USING (id)) changed
        WHERE changed.id = products.id AND (changed.is_edit OR changed.units > 0)
        """;

    public const string InsertOrders = """
        INSERT INTO orders (id, number, user_id, origin, status, invoice_no, subtotal, discount, shipping, tax, total, placed_at, paid_at,
            version, created_at, updated_at)
        SELECT invoice.order_id, invoice.invoice, buyer.id, 'imported', 'delivered', invoice.invoice, total, 0, 0, 0, total, sold_at, sold_at,
            1, sold_at, sold_at
        FROM backfill_invoices invoice JOIN backfill_customers buyer USING (customer)
        WHERE invoice.order_id IS NOT NULL
        ORDER BY invoice.line
        """;

    /// <summary>The lines of invoices that were there before.</summary>
    public const string KnownLines = """
        SELECT (
            SELECT count(*) FROM backfill_lines JOIN backfill_run_orders USING (run)
            WHERE order_id IS NULL AND is_whole AND NOT is_repeat)
        + (
            SELECT count(*) FROM (
                SELECT DISTINCT invoice, matched.id, cents
                FROM backfill_lines JOIN backfill_run_orders USING (run) JOIN backfill_matches matched USING (told)
                WHERE order_id IS NULL AND NOT is_whole) line)
        """;

    public const string RememberInvoices = """
        INSERT INTO imported_invoices (invoice_no, content_hash)
        SELECT invoice, content_hash FROM backfill_invoices WHERE order_id IS NOT NULL
        ON CONFLICT (invoice_no) DO UPDATE SET content_hash = excluded.content_hash
        """;
}
