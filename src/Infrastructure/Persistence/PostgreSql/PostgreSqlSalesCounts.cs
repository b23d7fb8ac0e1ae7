using Shop.Infrastructure.Analytics;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>
/// Counts the sales of a file from its staged lines, in whole cents: an eighth of what it costs to read the stored lines again and to add
/// up decimals. Nobody else writes totals meanwhile (<see cref="Shop.Application.Abstractions.LockNames.SalesTotals"/>).
/// </summary>
internal static class PostgreSqlSalesCounts
{
    public const string AnyTotals = "SELECT count(*) FROM (SELECT FROM sales_totals LIMIT 1) total";

    public const string AnyReplaced = "SELECT count(*) FROM (SELECT FROM backfill_replaced LIMIT 1) replaced";

    /// <summary>The statement that adds what was loaded.</summary>
    /// <param name="dialect">PostgreSQL's.</param>
    /// <param name="isFirst">Whether there are no totals yet, so that nothing has to be looked for.</param>
    public static string Add(Dialect dialect, bool isFirst)
    {
        var (with, select) = SalesSql.TotalsOfDays(dialect, $"""
            sold AS MATERIALIZED (
                SELECT invoice.order_id, buyer.id AS user_id, {dialect.DayOf("invoice.sold_at", "calendar.offset_minutes")} AS day,
                    (invoice.total * 100)::bigint AS cents
                FROM backfill_invoices invoice
                JOIN backfill_customers buyer USING (customer)
                JOIN sales_calendar calendar ON calendar.starts_at <= invoice.sold_at AND calendar.ends_at > invoice.sold_at
                WHERE invoice.order_id IS NOT NULL),
            product_days AS (
                SELECT sold.day, matched.id AS product_id, sum(line.cents * line.quantity)::bigint AS revenue, sum(line.quantity) AS units
                FROM sold
                JOIN backfill_run_orders run USING (order_id)
                JOIN backfill_lines line USING (run)
                JOIN backfill_matches matched USING (told)
                GROUP BY sold.day, matched.id),
            order_days AS (
                SELECT day, user_id, sum(cents)::bigint AS revenue, 0 AS part, count(*) AS orders FROM sold GROUP BY day, user_id)
            """);
        return $"""
            {with}
            INSERT INTO sales_totals (series, starts_on, subject_id, revenue, units, orders)
            SELECT series, starts_on, subject_id, revenue * 0.01, units, orders FROM ({select}) totals
            {(isFirst ? "" : "ORDER BY series, starts_on, subject_id " + PostgreSqlSalesBooks.AddUp)}
            """;
    }
}
