using Microsoft.EntityFrameworkCore;
using Shop.Infrastructure.Analytics;

namespace Shop.Infrastructure.Persistence.PostgreSql;

internal sealed class PostgreSqlSalesBooks(ShopDbContext db) : ISalesBooks
{
    /// <summary>Ends an insert of totals: those that are there grow.</summary>
    public const string AddUp = """
        ON CONFLICT (series, starts_on, subject_id) DO UPDATE SET revenue = sales_totals.revenue + excluded.revenue,
            units = sales_totals.units + excluded.units, orders = sales_totals.orders + excluded.orders
        """;

    public async Task<int> FoldAsync(int count, CancellationToken cancellationToken)
    {
        var (month, year) = (db.Dialect.MonthOf("day"), db.Dialect.YearOf("day"));
        var fold = $$"""
            WITH taken AS (
                DELETE FROM sales_entries WHERE id IN (SELECT id FROM sales_entries ORDER BY id LIMIT {0}) RETURNING *),
            added AS (
                INSERT INTO sales_totals (series, starts_on, subject_id, revenue, units, orders)
                SELECT s.series, s.starts_on, s.subject_id, sum(revenue), sum(CASE WHEN s.series IN (1, 2, 3, 6) THEN units ELSE 0 END), sum(orders)
                FROM taken CROSS JOIN LATERAL (VALUES
                    (1, day, 0), (2, day, product_id), (3, {{month}}, product_id), (4, day, user_id), (5, {{month}}, user_id),
                    (6, {{year}}, product_id), (7, {{year}}, user_id))
                    s (series, starts_on, subject_id)
                WHERE s.subject_id IS NOT NULL
                GROUP BY s.series, s.starts_on, s.subject_id
                ORDER BY s.series, s.starts_on, s.subject_id
                {{AddUp}})
            SELECT count(*)::int AS "Value" FROM taken
            """;
        return (await db.Database.SqlQueryRaw<int>(fold, count).ToListAsync(cancellationToken)).Single();
    }

    public async Task RecountAsync(CancellationToken cancellationToken)
    {
        await db.SalesEntries.ExecuteDeleteAsync(cancellationToken);
        await db.SalesTotals.ExecuteDeleteAsync(cancellationToken);
        await db.Database.ExecuteSqlRawAsync(Add(db.Dialect, SalesSql.Facts(db.Dialect), SalesSql.Parts(db.Dialect)), cancellationToken);
    }

    /// <summary>The statement that adds the totals of facts to those that are there.</summary>
    public static string Add(Dialect dialect, string facts, string parts)
    {
        var (with, select) = SalesSql.Totals(dialect, facts, parts);
        return $"""
            {with}
            INSERT INTO sales_totals (series, starts_on, subject_id, revenue, units, orders)
            SELECT * FROM ({select}) totals
            ORDER BY series, starts_on, subject_id
            {AddUp}
            """;
    }
}
