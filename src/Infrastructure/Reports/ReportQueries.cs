using Shop.Domain.Reports;
using Shop.Infrastructure.Analytics;
using Shop.Infrastructure.Persistence;

namespace Shop.Infrastructure.Reports;

/// <summary>
/// The rows of each report, in SQL that both databases understand; its columns are the header. It may name <c>@from</c> and <c>@to</c>, the
/// first and the last day, and <c>@currency</c>.
/// </summary>
internal static class ReportQueries
{
    /// <summary>The query for a report's rows, and their order.</summary>
    public static (string Rows, string Order) Of(ReportType type, Dialect dialect) => type switch
    {
        ReportType.Sales => (Sales(dialect), "day, order_id, kind DESC, line_id"),
        ReportType.Products => (Products, "units_sold DESC, product_id"),
        ReportType.Customers => (Customers, "revenue DESC, customer_id"),
        ReportType.Inventory => (Inventory, "sku, product_id"),
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>The revenue of all rows is what analytics tell of the same days.</summary>
    private static string Sales(Dialect dialect) =>
        $"""
        SELECT f.day, CASE WHEN f.sign = 1 THEN 'sale' ELSE 'refund' END AS kind, o.id AS order_id, o.number AS order_number, o.status, i.id AS line_id,
            o.user_id AS customer_id, u.username AS customer, i.product_id, i.sku, i.name AS product,
            f.sign * i.quantity AS quantity, i.unit_price, f.sign * i.discount AS discount, f.sign * (i.line_total - i.discount) AS revenue,
            @currency AS currency, o.paid_at
        FROM ({SalesSql.Facts(dialect)}) f
        JOIN orders o ON o.id = f.order_id
        JOIN order_items i ON i.order_id = o.id
        JOIN users u ON u.id = o.user_id
        WHERE f.day >= @from AND f.day <= @to
        UNION ALL
        SELECT p.day, 'partial_refund', o.id, o.number, o.status, NULL, o.user_id, u.username, NULL, NULL, NULL, 0, NULL, 0, p.revenue, @currency, o.paid_at
        FROM ({SalesSql.Parts(dialect)}) p
        JOIN orders o ON o.id = p.order_id
        JOIN users u ON u.id = o.user_id
        WHERE p.day >= @from AND p.day <= @to
        """;

    private const string Products = """
        SELECT p.id AS product_id, p.sku, p.name AS product, c.name AS category, p.price, @currency AS currency, p.stock,
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
        WHERE p.deleted_at IS NULL OR sold.subject_id IS NOT NULL
        """;

    private const string Customers = """
        SELECT u.id AS customer_id, u.username, u.email, u.first_name, u.last_name, COALESCE(bought.orders, 0) AS orders,
            COALESCE(bought.revenue, 0) AS revenue, @currency AS currency, bought.first_day, bought.last_day, u.created_at AS registered_at
        FROM users u
        LEFT JOIN (
            SELECT subject_id, CAST(SUM(orders) AS bigint) AS orders, SUM(revenue) AS revenue, MIN(day) AS first_day, MAX(day) AS last_day FROM (
                SELECT subject_id, starts_on AS day, orders, revenue FROM sales_totals WHERE series = 4 AND starts_on >= @from AND starts_on <= @to
                UNION ALL
                SELECT user_id, day, orders, revenue FROM sales_entries WHERE day >= @from AND day <= @to) days
            GROUP BY subject_id) bought ON bought.subject_id = u.id
        WHERE u.erased_at IS NULL
        """;

    private const string Inventory = """
        SELECT p.id AS product_id, p.sku, p.name AS product, c.name AS category, p.stock, COALESCE(held.units, 0) AS reserved,
            p.price, p.price * p.stock AS stock_value, @currency AS currency, p.updated_at
        FROM products p
        LEFT JOIN categories c ON c.id = p.category_id
        LEFT JOIN (
            SELECT i.product_id, CAST(SUM(i.stock_held) AS bigint) AS units FROM order_items i JOIN orders o ON o.id = i.order_id
            WHERE o.status = 'placed'
            GROUP BY i.product_id) held ON held.product_id = p.id
        WHERE p.deleted_at IS NULL
        """;
}
