using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Shop.Application.Abstractions;
using Shop.Domain.Common;
using Shop.Infrastructure.Analytics;
using Shop.Infrastructure.Persistence.Backfill;

namespace Shop.Infrastructure.Persistence.SqlServer;

/// <summary>Runs the statements of <see cref="SqlServerSales"/> and <see cref="SqlServerCatalog"/> in the transaction that is open.</summary>
internal sealed class SqlServerBackfillTables(ShopDbContext db, ILocks locks) : IBackfillTables
{
    private const string Savepoint = "backfill_insert";
    private const int MaxTries = 5;

    private static readonly (string, Type)[] SalesColumns =
    [
        ("line", typeof(long)), ("sku", typeof(string)), ("name", typeof(string)), ("cents", typeof(long)), ("invoice", typeof(string)),
        ("quantity", typeof(int)), ("sold_at", typeof(DateTimeOffset)), ("customer", typeof(long)), ("hash_high", typeof(long)), ("hash_low", typeof(long)),
    ];

    private static readonly (string, Type)[] CatalogColumns =
    [
        ("line", typeof(long)), ("sku", typeof(string)), ("name", typeof(string)), ("description", typeof(string)), ("cents", typeof(long)),
        ("category", typeof(string)), ("image_url", typeof(string)), ("stock", typeof(int)),
    ];

    public async Task<IBulkCopy<SalesRow>> StageSalesAsync(CancellationToken cancellationToken)
    {
        db.Database.SetCommandTimeout(TimeSpan.Zero);
        await ExecuteAsync(SqlServerSales.Stage, cancellationToken);
        return new SqlServerBulkCopy<SalesRow>(db, SqlServerSales.Table, SalesColumns, Values);
    }

    public async IAsyncEnumerable<SalesRow> ReadLargeInvoicesAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await ExecuteAsync(SqlServerSales.FindInvoices, cancellationToken);
        var lines = db.Database.SqlQueryRaw<LargeLine>(
            SqlServerSales.LargeInvoices, new SqlParameter("max_amount", Money.MaxAmount), new SqlParameter("max_units", (long)Quantity.Max));
        await foreach (var line in lines.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var sale = new Sale(line.Invoice, line.Quantity, line.SoldAt.UtcDateTime, line.Customer);
            yield return new SalesRow(line.Line, line.Sku, null, line.Cents / 100m, sale);
        }
    }

    public async Task RemoveSalesAsync(IReadOnlyCollection<SalesRow> rows, CancellationToken cancellationToken)
    {
        await using (var copy = new SqlServerBulkCopy<SalesRow>(db, SqlServerSales.RemovedTable, [("line", typeof(long))], row => [row.Line]))
        {
            foreach (var row in rows)
            {
                await copy.WriteAsync(row, cancellationToken);
            }

            await copy.CompleteAsync(cancellationToken);
        }

        await ExecuteAsync(SqlServerSales.Remove, cancellationToken);
        await ExecuteAsync(SqlServerSales.FindInvoices, cancellationToken);
    }

    public async Task<BackfillCounts> LoadSalesAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        db.CatalogChanges.AddEverything();
        await ExecuteAsync(SqlServerSales.CompareInvoices, cancellationToken);
        var (newOrders, changedOrders) = (
            await CountAsync(SqlServerSales.NewInvoices, cancellationToken), await CountAsync(SqlServerSales.ChangedInvoices, cancellationToken));
        await ExecuteAsync(SqlServerSales.FindProducts, cancellationToken);

        await ExecuteAsync(SqlServerSales.FindCustomers, cancellationToken);
        await InsertNewAsync(SqlServerSales.FindNewCustomers, SqlServerSales.InsertCustomers, now, cancellationToken);
        var newCustomers = await CountAsync(SqlServerSales.NewCustomers, cancellationToken);
        await ExecuteAsync(SqlServerSales.LockReplaced, cancellationToken);
        await ExecuteAsync(SqlServerSales.FindReplaced, cancellationToken);
        await InsertNewAsync(SqlServerSales.FindNewProducts, SqlServerSales.InsertProducts, now, cancellationToken);
        var newProducts = await CountAsync(SqlServerSales.NewProducts, cancellationToken);
        await ExecuteAsync(SqlServerSales.FindKnown, cancellationToken);
        await ExecuteAsync(SqlServerSales.LockProducts, cancellationToken);
        await locks.TakeAsync(LockNames.SalesTotals, cancellationToken);
        await CountSalesAsync("o.id IN (SELECT id FROM #backfill_replaced)", sign: -1, cancellationToken);
        await ExecuteAsync(SqlServerSales.RemoveReplaced, cancellationToken);
        var changedProducts = await CountAsync(SqlServerSales.ChangedProducts, cancellationToken);
        await ExecuteAsync(SqlServerSales.UpdateProducts, cancellationToken, new SqlParameter("now", now));
        await ExecuteAsync(SqlServerSales.InsertOrders, cancellationToken);
        var lines = await ExecuteAsync(SqlServerSales.InsertLines, cancellationToken);
        await CountSalesAsync("o.id IN (SELECT order_id FROM #backfill_invoices)", sign: 1, cancellationToken);
        await ExecuteAsync(SqlServerSales.RememberInvoices, cancellationToken);

        var counts = new BackfillCounts(
            newOrders + newCustomers + newProducts,
            changedOrders + changedProducts,
            await CountAsync(SqlServerSales.Products, cancellationToken),
            await CountAsync(SqlServerSales.Customers, cancellationToken),
            await CountAsync(SqlServerSales.Invoices, cancellationToken),
            lines + await CountAsync(SqlServerSales.KnownLines, cancellationToken));
        await ExecuteAsync(SqlServerSales.Clear, cancellationToken);
        return counts;
    }

    public async Task<IBulkCopy<CatalogRow>> StageCatalogAsync(CancellationToken cancellationToken)
    {
        db.Database.SetCommandTimeout(TimeSpan.Zero);
        await ExecuteAsync(SqlServerCatalog.Stage, cancellationToken);
        return new SqlServerBulkCopy<CatalogRow>(db, SqlServerCatalog.Table, CatalogColumns, Values);
    }

    public async Task<BackfillCounts> LoadCatalogAsync(CatalogColumns columns, DateTimeOffset now, CancellationToken cancellationToken)
    {
        db.CatalogChanges.AddEverything();
        SqlParameter[] Which() =>
            [new("has_description", columns.Description), new("has_category", columns.Category), new("has_image_url", columns.ImageUrl)];

        await ExecuteAsync(SqlServerCatalog.FindProducts, cancellationToken);
        await InsertNewAsync(SqlServerCatalog.FindNewCategories, SqlServerCatalog.InsertCategories, now, cancellationToken);
        await ExecuteAsync(SqlServerCatalog.FindCategories, cancellationToken);
        await InsertNewAsync(SqlServerCatalog.FindNewProducts, SqlServerCatalog.InsertProducts, now, cancellationToken);
        await ExecuteAsync(SqlServerCatalog.NoteListed, cancellationToken, new SqlParameter("now", now));
        await ExecuteAsync(SqlServerCatalog.FindChanged, cancellationToken, Which());
        await ExecuteAsync(SqlServerCatalog.LockProducts, cancellationToken);
        await ExecuteAsync(SqlServerCatalog.NoteRecounted, cancellationToken, new SqlParameter("now", now));
        var updated = await ExecuteAsync(SqlServerCatalog.UpdateProducts, cancellationToken, [.. Which(), new("now", now)]);
        var inserted = await CountAsync(SqlServerCatalog.NewProducts, cancellationToken);
        var products = await CountAsync(SqlServerCatalog.Products, cancellationToken);
        await ExecuteAsync(SqlServerCatalog.Clear, cancellationToken);
        return new BackfillCounts(inserted, updated, products, Customers: 0, Orders: 0, OrderLines: 0);
    }

    private static object?[] Values(SalesRow row)
    {
        var (hash, sale) = (row.Sale is null ? (long?)null : row.Hash(), row.Sale);
        return
        [
            row.Line, row.Sku, row.Name, Cents(row.Price), sale?.Invoice, sale?.Quantity,
            sale is null ? null : new DateTimeOffset(sale.Value.SoldAt, TimeSpan.Zero), sale?.Customer, hash >> 32, hash & uint.MaxValue,
        ];
    }

    private static object?[] Values(CatalogRow row) =>
        [row.Line, row.Sku, row.Name, row.Description, Cents(row.Price), row.Category, row.ImageUrl, row.Stock];

    private static long? Cents(decimal? amount) => (long?)(amount * 100);

    /// <summary>
    /// Inserts what is not there yet. Somebody else may insert the same meanwhile: then it is looked for again, which finds theirs, since
    /// what they inserted is committed when the insert is refused.
    /// </summary>
    private async Task InsertNewAsync(string find, string insert, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var transaction = db.Database.CurrentTransaction!;
        for (var tries = 1; ; tries++)
        {
            await ExecuteAsync(find, cancellationToken);
            await transaction.CreateSavepointAsync(Savepoint, cancellationToken);
            try
            {
                await ExecuteAsync(insert, cancellationToken, new SqlParameter("now", now));
                return;
            }
            catch (SqlException exception) when (SqlServerErrors.IsDuplicate(exception) && tries < MaxTries)
            {
                await transaction.RollbackToSavepointAsync(Savepoint, cancellationToken);
            }
        }
    }

    /// <summary>Adds what orders come to to the totals, or with a sign of −1 takes it away.</summary>
    private async Task CountSalesAsync(string orders, int sign, CancellationToken cancellationToken)
    {
        var (with, select) = SalesSql.Totals(db.Dialect, SalesSql.Facts(db.Dialect, orders, sign), SalesSql.NoParts);
        await ExecuteAsync(SqlServerSales.StageTotals, cancellationToken);
        await ExecuteAsync($"{with} INSERT INTO #backfill_totals SELECT * FROM ({select}) totals", cancellationToken);
        await ExecuteAsync(SqlServerSales.AddTotals, cancellationToken);
    }

    private Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params SqlParameter[] parameters) =>
        db.Database.ExecuteSqlRawAsync(sql, parameters, cancellationToken);

    private async Task<long> CountAsync(string sql, CancellationToken cancellationToken) =>
        (await db.Database.SqlQueryRaw<long>(sql).ToListAsync(cancellationToken)).Single();

    private sealed record LargeLine(long Line, string Sku, long Cents, string Invoice, int Quantity, DateTimeOffset SoldAt, long Customer);
}
