using Shop.Infrastructure.Persistence;

namespace Shop.Infrastructure.Analytics;

/// <summary>
/// What <see cref="SalesFacts"/> says of an order, as sets: parts of statements for many orders at once, in SQL that both databases
/// understand.
/// </summary>
internal static class SalesSql
{
    /// <summary>The facts of all orders: order, buyer, the day that they count for, and 1 or −1.</summary>
    /// <param name="dialect">Which database.</param>
    /// <param name="orders">A condition on orders <c>o</c>.</param>
    /// <param name="sign">1 to count them, −1 to take them back.</param>
    public static string Facts(Dialect dialect, string orders = "1 = 1", int sign = 1) =>
        $"""
        SELECT o.id AS order_id, o.user_id, {dialect.DayOf("o.paid_at", "c.offset_minutes")} AS day, {sign} AS sign
        FROM orders o JOIN sales_calendar c ON c.starts_at <= o.paid_at AND c.ends_at > o.paid_at
        WHERE {orders}
        UNION ALL
        SELECT o.id, o.user_id, {dialect.DayOf("o.refunded_at", "c.offset_minutes")}, {-sign}
        FROM orders o JOIN sales_calendar c ON c.starts_at <= o.refunded_at AND c.ends_at > o.refunded_at
        WHERE o.paid_at IS NOT NULL AND {orders}
        """;

    /// <summary>What went back of orders in part, before the rest of them did: order, buyer, day and revenue.</summary>
    /// <param name="dialect">Which database.</param>
    public static string Parts(Dialect dialect) =>
        $"""
        SELECT o.id AS order_id, o.user_id, {dialect.DayOf("r.updated_at", "c.offset_minutes")} AS day, -r.amount AS revenue
        FROM refunds r JOIN orders o ON o.id = r.order_id JOIN sales_calendar c ON c.starts_at <= r.updated_at AND c.ends_at > r.updated_at
        WHERE r.status = 'succeeded' AND o.paid_at IS NOT NULL AND (o.refunded_at IS NULL OR r.updated_at <= o.refunded_at)
        UNION ALL
        SELECT o.id, o.user_id, {dialect.DayOf("o.refunded_at", "c.offset_minutes")}, r.amount
        FROM refunds r JOIN orders o ON o.id = r.order_id JOIN sales_calendar c ON c.starts_at <= o.refunded_at AND c.ends_at > o.refunded_at
        WHERE r.status = 'succeeded' AND o.paid_at IS NOT NULL AND r.updated_at <= o.refunded_at
        """;

    /// <summary>What imported orders gave back in part: nothing.</summary>
    public const string NoParts = "SELECT order_id, user_id, day, 0 AS revenue FROM facts WHERE 1 = 0";

    /// <summary>The totals that facts make, ready to be inserted into, or added to, <c>sales_totals</c>.</summary>
    /// <param name="dialect">Which database.</param>
    /// <param name="facts">A query like <see cref="Facts"/>.</param>
    /// <param name="parts">A query like <see cref="Parts"/>.</param>
    public static (string With, string Select) Totals(Dialect dialect, string facts, string parts) => TotalsOfDays(
        dialect,
        $"""
        facts AS ({facts}),
        parts AS ({parts}),
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
            GROUP BY day, user_id)
        """);

    /// <summary>The totals that days make.</summary>
    /// <param name="dialect">Which database.</param>
    /// <param name="days">
    /// Named queries, among them <c>product_days</c>: day, product, revenue and units; and <c>order_days</c>: day, user, revenue, orders, and
    /// <c>part</c>, the revenue that no line has.
    /// </param>
    public static (string With, string Select) TotalsOfDays(Dialect dialect, string days) => (
        $"""
        WITH {days},
        product_months AS (
            SELECT {dialect.MonthOf("day")} AS month, product_id, SUM(revenue) AS revenue, SUM(units) AS units
            FROM product_days GROUP BY {dialect.MonthOf("day")}, product_id),
        order_months AS (
            SELECT {dialect.MonthOf("day")} AS month, user_id, SUM(revenue) AS revenue, SUM(orders) AS orders
            FROM order_days GROUP BY {dialect.MonthOf("day")}, user_id)
        """,
        $"""
        SELECT 1 AS series, day AS starts_on, 0 AS subject_id, SUM(revenue) AS revenue, SUM(units) AS units, SUM(orders) AS orders
        FROM (SELECT day, revenue, units, 0 AS orders FROM product_days UNION ALL SELECT day, part, 0, orders FROM order_days) days
        GROUP BY day
        UNION ALL SELECT 2, day, product_id, revenue, units, 0 FROM product_days
        UNION ALL SELECT 3, month, product_id, revenue, units, 0 FROM product_months
        UNION ALL SELECT 4, day, user_id, revenue, 0, orders FROM order_days
        UNION ALL SELECT 5, month, user_id, revenue, 0, orders FROM order_months
        UNION ALL SELECT 6, {dialect.YearOf("month")}, product_id, SUM(revenue), SUM(units), 0 FROM product_months GROUP BY {dialect.YearOf("month")}, product_id
        UNION ALL SELECT 7, {dialect.YearOf("month")}, user_id, SUM(revenue), 0, SUM(orders) FROM order_months GROUP BY {dialect.YearOf("month")}, user_id
        """);

    /// <summary>Orders that went back before it was noted when: their history knows, else their last edit has to do.</summary>
    public const string DateRefunds = """
        UPDATE orders SET refunded_at = COALESCE(
            (SELECT MAX(h.at) FROM order_history h WHERE h.order_id = orders.id AND h.change IN ('cancelled', 'refunded')), updated_at)
        WHERE refunded_at IS NULL AND paid_at IS NOT NULL AND status IN ('cancelled', 'refunded')
        """;
}
