using Shop.Infrastructure.Analytics;

namespace Shop.Infrastructure.Audit;

/// <summary>That the totals of sales are, to the cent, what a plain sum over the lines of orders says.</summary>
internal static class SalesInvariants
{
    public static IReadOnlyList<Invariant> All { get; } =
    [
        new("sales_dates", "An order that counts as sold has a day of payment and none of going back; one that was paid and ended has both.", "orders", """
            SELECT id FROM orders
            WHERE (status IN ('paid', 'shipped', 'delivered') AND (paid_at IS NULL OR refunded_at IS NOT NULL))
                OR (status IN ('cancelled', 'refunded') AND paid_at IS NOT NULL AND refunded_at IS NULL)
                OR (refunded_at IS NOT NULL AND (paid_at IS NULL OR status NOT IN ('cancelled', 'refunded')))
            """),
        new("sales_by_day", "The revenue, units and orders of a day are those of its order lines.", "days", dialect => $"""
            SELECT {dialect.NumberOf("day")} AS id FROM (
                SELECT f.day, {Revenue} AS revenue, {Units} AS units, 0 AS orders FROM ({SalesSql.Facts(dialect)}) f JOIN order_items i ON i.order_id = f.order_id
                UNION ALL SELECT f.day, 0, 0, f.sign FROM ({SalesSql.Facts(dialect)}) f
                UNION ALL SELECT p.day, p.revenue, 0, 0 FROM ({SalesSql.Parts(dialect)}) p
                UNION ALL SELECT starts_on, -revenue, -units, -orders FROM sales_totals WHERE series = 1
                UNION ALL SELECT day, -revenue, -units, -orders FROM sales_entries) compared
            GROUP BY day
            HAVING SUM(revenue) <> 0 OR SUM(units) <> 0 OR SUM(orders) <> 0
            """),
        new("sales_by_product", "The revenue and units of a product on a day are those of its order lines.", "products", dialect => $"""
            SELECT DISTINCT product_id AS id FROM (
                SELECT f.day, i.product_id, {Revenue} AS revenue, {Units} AS units FROM ({SalesSql.Facts(dialect)}) f JOIN order_items i ON i.order_id = f.order_id
                UNION ALL SELECT starts_on, subject_id, -revenue, -units FROM sales_totals WHERE series = 2
                UNION ALL SELECT day, product_id, -revenue, -units FROM sales_entries WHERE product_id IS NOT NULL) compared
            GROUP BY day, product_id
            HAVING SUM(revenue) <> 0 OR SUM(units) <> 0
            """),
        new("sales_by_customer", "The revenue and orders of a customer on a day are those of their order lines.", "customers", dialect => $"""
            SELECT DISTINCT user_id AS id FROM (
                SELECT f.day, f.user_id, {Revenue} AS revenue, 0 AS orders FROM ({SalesSql.Facts(dialect)}) f JOIN order_items i ON i.order_id = f.order_id
                UNION ALL SELECT f.day, f.user_id, 0, f.sign FROM ({SalesSql.Facts(dialect)}) f
                UNION ALL SELECT p.day, p.user_id, p.revenue, 0 FROM ({SalesSql.Parts(dialect)}) p
                UNION ALL SELECT starts_on, subject_id, -revenue, -orders FROM sales_totals WHERE series = 4
                UNION ALL SELECT day, user_id, -revenue, -orders FROM sales_entries) compared
            GROUP BY day, user_id
            HAVING SUM(revenue) <> 0 OR SUM(orders) <> 0
            """),
        new("sales_by_month", "The sales of a product or customer in a month are those of its days.", "products or customers", dialect => $"""
            SELECT DISTINCT subject_id AS id FROM (
                SELECT series + 1 AS series, {dialect.MonthOf("starts_on")} AS month, subject_id, revenue, units, orders FROM sales_totals WHERE series IN (2, 4)
                UNION ALL SELECT series, starts_on, subject_id, -revenue, -units, -orders FROM sales_totals WHERE series IN (3, 5)) compared
            GROUP BY series, month, subject_id
            HAVING SUM(revenue) <> 0 OR SUM(units) <> 0 OR SUM(orders) <> 0
            """),
        new("sales_by_year", "The sales of a product or customer in a year are those of its months.", "products or customers", dialect => $"""
            SELECT DISTINCT subject_id AS id FROM (
                SELECT CASE series WHEN 3 THEN 6 ELSE 7 END AS series, {dialect.YearOf("starts_on")} AS year, subject_id, revenue, units, orders
                FROM sales_totals WHERE series IN (3, 5)
                UNION ALL SELECT series, starts_on, subject_id, -revenue, -units, -orders FROM sales_totals WHERE series IN (6, 7)) compared
            GROUP BY series, year, subject_id
            HAVING SUM(revenue) <> 0 OR SUM(units) <> 0 OR SUM(orders) <> 0
            """),
    ];

    private const string Revenue = "f.sign * (COALESCE(i.line_total, 0) - i.discount)";

    private const string Units = "f.sign * CAST(i.quantity AS bigint)";
}
