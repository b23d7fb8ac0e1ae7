namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>How the lines of imported orders, by far the most rows of a sales file, get into their table: without checking what is known, and without indexes where nobody needs them yet.</summary>
internal static class PostgreSqlSalesLines
{
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
        SELECT line.order_id, product.id, line.quantity, product.sku, product.name, line.cents * 0.01, line.cents * line.quantity * 0.01, 0
        FROM (
            SELECT order_id, matched.id AS product_id, cents, line.quantity + coalesce(repeated.quantity, 0) AS quantity, line
            FROM backfill_lines line JOIN backfill_run_orders USING (run) JOIN backfill_matches matched USING (told)
            LEFT JOIN (
                SELECT run, told, cents, sum(quantity) AS quantity FROM backfill_lines WHERE is_repeat GROUP BY run, told, cents) repeated
                USING (run, told, cents)
            WHERE order_id IS NOT NULL AND is_whole AND NOT is_repeat
            UNION ALL
            SELECT order_id, matched.id, cents, sum(quantity), min(line)
            FROM backfill_lines JOIN backfill_run_orders USING (run) JOIN backfill_matches matched USING (told)
            WHERE order_id IS NOT NULL AND NOT is_whole
            GROUP BY order_id, matched.id, cents) line
        JOIN products product ON product.id = line.product_id
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
}
