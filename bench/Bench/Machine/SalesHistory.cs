namespace Shop.Bench.Machine;

/// <summary>
/// A year of imported orders, four lines each: the same for the same number of lines. Few products sell most, and some customers buy far
/// more often than others. The shop counts it when it starts.
/// </summary>
internal static class SalesHistory
{
    public const int Products = 10_000;
    private const int Customers = 20_000;
    private const int FirstCustomer = 20_001;
    private const int LinesByOrder = 4;

    /// <summary>To be run in this order, after those of the catalog, all on one connection.</summary>
    public static IEnumerable<string> Statements(int lines)
    {
        var orders = lines / LinesByOrder;
        yield return $"""
            SET session_replication_role = replica;
            INSERT INTO users (id, username, version, created_at, updated_at)
            SELECT i, 'customer-' || i, 1, timestamptz '2025-01-01 00:00:00+00', timestamptz '2025-01-01 00:00:00+00'
            FROM generate_series({FirstCustomer}, {FirstCustomer + Customers - 1}) i
            """;
        yield return $"""
            SET session_replication_role = replica;
            INSERT INTO order_items (order_id, product_id, quantity, sku, name, unit_price, line_total, stock_held)
            SELECT line.order_id, p.id, line.quantity, p.sku, p.name, p.price, p.price * line.quantity, 0
            FROM (
                SELECT 1 + (i - 1) / {LinesByOrder} AS order_id, 1 + floor({Products} * {Chance("i", 1)} ^ 2)::bigint AS product_id,
                    1 + floor(5 * {Chance("i", 2)})::int AS quantity
                FROM generate_series(1::bigint, {orders * LinesByOrder}) i) line
            JOIN products p ON p.id = line.product_id
            ORDER BY line.order_id
            """;
        yield return $"""
            SET session_replication_role = replica;
            INSERT INTO orders (id, number, user_id, origin, status, invoice_no, subtotal, discount, shipping, tax, total, placed_at, paid_at,
                version, created_at, updated_at)
            SELECT o.id, o.id, o.user_id, 'imported', 'delivered', o.id, sums.total, 0, 0, 0, sums.total, o.at, o.at, 1, o.at, o.at
            FROM (
                SELECT i AS id, {FirstCustomer} + floor({Customers} * {Chance("i", 3)} ^ 1.5)::bigint AS user_id,
                    timestamptz '2025-01-01 00:00:00+00' + i * (interval '365 days' / {orders + 1}) AS at
                FROM generate_series(1::bigint, {orders}) i) o
            JOIN (SELECT order_id, sum(line_total) AS total FROM order_items GROUP BY order_id) sums ON sums.order_id = o.id
            ORDER BY o.id
            """;
        yield return """
            UPDATE products SET units_sold = sold.units
            FROM (SELECT product_id, sum(quantity) AS units FROM order_items GROUP BY product_id) sold WHERE sold.product_id = products.id
            """;
        yield return $"""
            SELECT setval('order_ids', {orders} / 10 * 10 + 11), setval('user_ids', {FirstCustomer + Customers} + 10);
            DELETE FROM sales_calendar
            """;
    }

    /// <summary>From 0 to below 1, the same for the same number and slot.</summary>
    private static string Chance(string number, int slot) => $"((hashint8extended({number}, {slot}) & 1073741823) / 1073741824.0::float8)";
}
