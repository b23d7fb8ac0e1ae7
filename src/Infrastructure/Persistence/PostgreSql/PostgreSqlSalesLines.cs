namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>How the lines of imported orders, by far the most rows of a sales file, get into their table without checking what is known.</summary>
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
}
