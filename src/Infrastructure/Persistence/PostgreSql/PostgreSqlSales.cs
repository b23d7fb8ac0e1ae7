namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>
/// From staged sales to products, customers and orders, in the order of these members. Rows are locked as everywhere: customers, then
/// orders, then products, each by id; and only those that change.
/// </summary>
internal static class PostgreSqlSales
{
    /// <summary>Sorting and grouping by the hundred thousand fits in this memory; SKUs and invoices compare by bytes until they meet the catalog.</summary>
    public const string Stage = """
        SET LOCAL work_mem = '64MB';
        SET LOCAL jit = off;
        CREATE TEMP TABLE backfill_rows (
            line bigint NOT NULL, sku text COLLATE "C" NOT NULL, name text, cents bigint,
            invoice text COLLATE "C", quantity int, sold_at timestamptz, customer bigint, hash bigint) ON COMMIT DROP
        """;

    public const string Copy =
        "COPY backfill_rows (line, sku, name, cents, invoice, quantity, sold_at, customer, hash) FROM STDIN (FORMAT BINARY)";

    public const string FindInvoices = """
        DROP TABLE IF EXISTS backfill_sums;
        ANALYZE backfill_rows (invoice, sku);
        CREATE TEMP TABLE backfill_sums ON COMMIT DROP AS
        SELECT invoice, min(line) AS line, sum(cents * quantity) AS cents, sum(quantity) AS units,
            sha256(convert_to(count(*) || ':' || sum(hash), 'UTF8')) AS content_hash
        FROM backfill_rows WHERE invoice IS NOT NULL GROUP BY invoice
        """;

    public const string LargeInvoices = """
        SELECT row.line, row.sku, row.cents * 0.01, row.invoice, row.quantity
        FROM backfill_rows row JOIN backfill_sums USING (invoice)
        WHERE backfill_sums.cents > @max_amount * 100 OR units > @max_units
        ORDER BY row.invoice, row.line
        """;

    public const string Remove = "DELETE FROM backfill_rows WHERE line = ANY(@lines)";

    /// <summary>Each invoice with what its first row says; order_id is null for one that was loaded before with the same rows.</summary>
    public const string CompareInvoices = """
        CREATE TEMP TABLE backfill_invoices ON COMMIT DROP AS
        SELECT *, CASE WHEN is_new OR is_changed THEN nextval('order_ids') END AS order_id
        FROM (
            SELECT sums.invoice, sums.line, sums.cents * 0.01 AS total, sums.content_hash, first.customer, first.sold_at,
                known.invoice_no IS NULL AS is_new, known.content_hash <> sums.content_hash AS is_changed
            FROM backfill_sums sums
            JOIN backfill_rows first ON first.line = sums.line
            LEFT JOIN imported_invoices known ON known.invoice_no = sums.invoice
            ORDER BY sums.line) compared;
        ANALYZE backfill_invoices
        """;

    public const string Invoices = "SELECT count(*) FROM backfill_invoices";

    public const string NewInvoices = "SELECT count(*) FROM backfill_invoices WHERE is_new";

    public const string ChangedInvoices = "SELECT count(*) FROM backfill_invoices WHERE is_changed";

    public const string Customers = "SELECT count(DISTINCT customer) FROM backfill_invoices";

    /// <summary>A product per SKU, as its last rows say; SKUs that the catalog takes for the same are one product.</summary>
    public const string FindProducts = """
        CREATE TEMP TABLE backfill_skus ON COMMIT DROP AS
        SELECT row.sku, min(row.line) AS first_line, max(row.line) FILTER (WHERE row.name IS NOT NULL) AS name_line,
            max(row.line) FILTER (WHERE row.cents IS NOT NULL) AS price_line,
            coalesce(sum(row.quantity) FILTER (WHERE invoice.order_id IS NOT NULL), 0) AS units
        FROM backfill_rows row LEFT JOIN backfill_invoices invoice USING (invoice)
        GROUP BY row.sku;
        ANALYZE backfill_skus;
        CREATE TEMP TABLE backfill_products ON COMMIT DROP AS
        WITH told AS MATERIALIZED (
            SELECT line, name, cents FROM backfill_rows
            WHERE line IN (SELECT name_line FROM backfill_skus UNION SELECT price_line FROM backfill_skus))
        SELECT sums.sku COLLATE case_insensitive AS sku, coalesce(named.name, sums.sku) AS name, coalesce(priced.cents, 0) * 0.01 AS price,
            sums.units, sums.first_line
        FROM (
            SELECT (array_agg(sku ORDER BY first_line))[1] AS sku, min(first_line) AS first_line, max(name_line) AS name_line,
                max(price_line) AS price_line, sum(units) AS units
            FROM backfill_skus GROUP BY sku COLLATE case_insensitive) sums
        LEFT JOIN told named ON named.line = sums.name_line
        LEFT JOIN told priced ON priced.line = sums.price_line;
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
        SELECT DISTINCT ON (wanted.sku) wanted.sku, known.id
        FROM backfill_skus wanted JOIN products known ON known.sku = wanted.sku COLLATE case_insensitive
        ORDER BY wanted.sku, known.deleted_at IS NULL DESC, known.deleted_at DESC, known.id DESC;
        CREATE TEMP TABLE backfill_known ON COMMIT DROP AS
        SELECT matched.id, wanted.name, wanted.price, wanted.units
        FROM backfill_products wanted JOIN backfill_matches matched ON matched.sku = wanted.sku COLLATE "C"
        WHERE matched.id NOT IN (SELECT id FROM backfill_made);
        ANALYZE backfill_matches, backfill_known;
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

    /// <summary>Leaves out the row by row check of foreign keys until <see cref="CheckKeys"/>, where the role may; else does nothing.</summary>
    public const string TrustKeys = """
        DO $$ BEGIN
            PERFORM set_config('session_replication_role', 'replica', true);
        EXCEPTION WHEN insufficient_privilege THEN NULL;
        END $$
        """;

    public const string CheckKeys = """
        DO $$ BEGIN
            PERFORM set_config('session_replication_role', 'origin', true);
        EXCEPTION WHEN insufficient_privilege THEN NULL;
        END $$
        """;

    /// <summary>
    /// Takes an empty table of lines for this transaction alone, with new files, which the server then writes without logging them (where
    /// wal_level is minimal), and without its indexes, until <see cref="RestoreIndexes"/> builds them at once: half the time of the load. Does
    /// nothing when there are lines, when anybody uses the table at this moment, or when the role may not: waiting for it here, with rows
    /// locked, would be a deadlock.
    /// </summary>
    public const string TakeEmptyLines = """
        CREATE TEMP TABLE backfill_indexes (definition text NOT NULL) ON COMMIT DROP;
        DO $$
        DECLARE
            index record;
        BEGIN
            IF EXISTS (SELECT FROM order_items) THEN
                RETURN;
            END IF;
            LOCK TABLE order_items IN ACCESS EXCLUSIVE MODE NOWAIT;
            IF EXISTS (SELECT FROM order_items) THEN
                RAISE lock_not_available;
            END IF;
            TRUNCATE order_items;
            FOR index IN
                SELECT indexrelid::regclass AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index
                WHERE indrelid = 'order_items'::regclass AND NOT indisunique
            LOOP
                INSERT INTO backfill_indexes VALUES (index.definition);
                EXECUTE 'DROP INDEX ' || index.name;
            END LOOP;
        EXCEPTION
            WHEN lock_not_available OR insufficient_privilege OR feature_not_supported OR object_in_use THEN NULL;
        END $$
        """;

    public const string InsertLines = """
        INSERT INTO order_items (order_id, product_id, quantity, sku, name, unit_price, line_total, stock_held)
        SELECT invoice.order_id, product.id, line.quantity, product.sku, product.name, line.cents * 0.01, line.cents * line.quantity * 0.01, 0
        FROM (
            SELECT invoice, sku, cents, sum(quantity) AS quantity, min(line) AS line
            FROM backfill_rows WHERE invoice IS NOT NULL GROUP BY invoice, sku, cents) line
        JOIN backfill_invoices invoice USING (invoice)
        JOIN backfill_matches matched ON matched.sku = line.sku
        JOIN products product ON product.id = matched.id
        WHERE invoice.order_id IS NOT NULL
        ORDER BY line.line
        """;

    public const string RestoreIndexes = """
        DO $$
        DECLARE
            index record;
        BEGIN
            FOR index IN SELECT definition FROM backfill_indexes LOOP
                EXECUTE index.definition;
            END LOOP;
        END $$
        """;

    /// <summary>The lines of invoices that were there before.</summary>
    public const string KnownLines = """
        SELECT count(*) FROM (
            SELECT DISTINCT invoice, sku, row.cents
            FROM backfill_rows row JOIN backfill_invoices known USING (invoice) WHERE known.order_id IS NULL) line
        """;

    public const string RememberInvoices = """
        INSERT INTO imported_invoices (invoice_no, content_hash)
        SELECT invoice, content_hash FROM backfill_invoices WHERE order_id IS NOT NULL
        ON CONFLICT (invoice_no) DO UPDATE SET content_hash = excluded.content_hash
        """;
}
