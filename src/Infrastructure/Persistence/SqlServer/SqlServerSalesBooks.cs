using Microsoft.EntityFrameworkCore;
using Shop.Infrastructure.Analytics;

namespace Shop.Infrastructure.Persistence.SqlServer;

/// <summary>Nobody but the holder of the lock writes totals, so an update of those that are there and an insert of the others add up.</summary>
internal sealed class SqlServerSalesBooks(ShopDbContext db) : ISalesBooks
{
    /// <remarks>Which entries are the oldest is read from row versions, so that entries of orders under way are not waited for.</remarks>
    public async Task<int> FoldAsync(int count, CancellationToken cancellationToken)
    {
        var (month, year) = (db.Dialect.MonthOf("e.day"), db.Dialect.YearOf("e.day"));
        var fold =
            $$"""
            SET NOCOUNT ON;
            DECLARE @taken TABLE (day date, user_id bigint, product_id bigint, revenue decimal(18, 2), units bigint, orders bigint);
            DECLARE @sums TABLE (series smallint, starts_on date, subject_id bigint, revenue decimal(18, 2), units bigint, orders bigint);
            DELETE FROM sales_entries
            OUTPUT deleted.day, deleted.user_id, deleted.product_id, deleted.revenue, deleted.units, deleted.orders INTO @taken
            WHERE id IN (SELECT TOP ({0}) id FROM sales_entries ORDER BY id);
            DECLARE @count int = @@ROWCOUNT;
            INSERT INTO @sums
            SELECT s.series, s.starts_on, s.subject_id, SUM(e.revenue), SUM(CASE WHEN s.series IN (1, 2, 3, 6) THEN e.units ELSE 0 END), SUM(e.orders)
            FROM @taken e CROSS APPLY (VALUES
                (1, e.day, CAST(0 AS bigint)), (2, e.day, e.product_id), (3, {{month}}, e.product_id),
                (4, e.day, e.user_id), (5, {{month}}, e.user_id),
                (6, {{year}}, e.product_id), (7, {{year}}, e.user_id)) s (series, starts_on, subject_id)
            WHERE s.subject_id IS NOT NULL
            GROUP BY s.series, s.starts_on, s.subject_id;
            UPDATE t SET revenue = t.revenue + s.revenue, units = t.units + s.units, orders = t.orders + s.orders
            FROM sales_totals t JOIN @sums s ON s.series = t.series AND s.starts_on = t.starts_on AND s.subject_id = t.subject_id;
            INSERT INTO sales_totals (series, starts_on, subject_id, revenue, units, orders)
            SELECT * FROM @sums s
            WHERE NOT EXISTS (
                SELECT 1 FROM sales_totals t WHERE t.series = s.series AND t.starts_on = s.starts_on AND t.subject_id = s.subject_id);
            SELECT @count AS [Value];
            """;
        return (await db.Database.SqlQueryRaw<int>(fold, count).ToListAsync(cancellationToken)).Single();
    }

    public async Task RecountAsync(CancellationToken cancellationToken)
    {
        await db.SalesEntries.ExecuteDeleteAsync(cancellationToken);
        await db.SalesTotals.ExecuteDeleteAsync(cancellationToken);
        var (with, select) = SalesSql.Totals(db.Dialect, SalesSql.Facts(db.Dialect), SalesSql.Parts(db.Dialect));
        var count = $"{with} INSERT INTO sales_totals (series, starts_on, subject_id, revenue, units, orders) SELECT * FROM ({select}) totals";
        await db.Database.ExecuteSqlRawAsync(count, cancellationToken);
    }
}
