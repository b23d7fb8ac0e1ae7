using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Application.Abstractions;
using Shop.Domain.Common;
using Shop.Infrastructure.Analytics;
using Shop.Infrastructure.Persistence.Backfill;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>Runs the statements of <see cref="PostgreSqlSales"/>, <see cref="PostgreSqlSalesLines"/> and <see cref="PostgreSqlCatalog"/> in the transaction that is open.</summary>
internal sealed class PostgreSqlBackfillTables(ShopDbContext db, ILocks locks) : IBackfillTables
{
    private const int NoTimeout = 0;

    private NpgsqlConnection Connection => (NpgsqlConnection)db.Database.GetDbConnection();

    public async Task<IBulkCopy<SalesRow>> StageSalesAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync(PostgreSqlSales.Stage, cancellationToken);
        return new PostgreSqlSalesCopy(Connection);
    }

    public async IAsyncEnumerable<SalesRow> ReadLargeInvoicesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await ExecuteAsync(PostgreSqlSales.Analyze, cancellationToken);
        await ExecuteAsync(PostgreSqlSales.FindInvoices, cancellationToken);
        await using var command = Command(PostgreSqlSales.LargeInvoices, ("max_amount", Money.MaxAmount), ("max_units", (long)Quantity.Max));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var sale = new Sale(reader.GetString(3), reader.GetInt32(4), reader.GetDateTime(5), reader.GetInt64(6));
            yield return new SalesRow(reader.GetInt64(0), reader.GetString(1), null, reader.GetDecimal(2), sale);
        }
    }

    public async Task RemoveSalesAsync(IReadOnlyCollection<SalesRow> rows, CancellationToken cancellationToken)
    {
        long[] lines = [.. rows.Select(row => row.Line)];
        long[] hashes = [.. rows.Select(row => row.Hash())];
        await ExecuteAsync(PostgreSqlSales.Remove, cancellationToken, ("lines", lines), ("hashes", hashes));
        await ExecuteAsync(PostgreSqlSales.FindInvoices, cancellationToken);
    }

    public async Task<BackfillCounts> LoadSalesAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        db.CatalogChanges.AddEverything();
        await ExecuteAsync(PostgreSqlSales.CompareInvoices, cancellationToken);
        var newOrders = await CountAsync(PostgreSqlSales.NewInvoices, cancellationToken);
        var changedOrders = await CountAsync(PostgreSqlSales.ChangedInvoices, cancellationToken);
        await ExecuteAsync(PostgreSqlSales.FindProducts, cancellationToken);

        var newCustomers = await ExecuteAsync(PostgreSqlSales.InsertCustomers, cancellationToken, ("now", now));
        await ExecuteAsync(PostgreSqlSales.LockCustomers, cancellationToken);
        await ExecuteAsync(PostgreSqlSales.FindReplaced, cancellationToken);
        await ExecuteAsync(PostgreSqlSales.InsertProducts, cancellationToken, ("now", now));
        await ExecuteAsync(PostgreSqlSales.LockProducts, cancellationToken);
        await locks.TakeAsync(LockNames.SalesTotals, cancellationToken);
        await UncountReplacedAsync(cancellationToken);
        await ExecuteAsync(PostgreSqlSales.RemoveReplaced, cancellationToken);
        var changedProducts = await CountAsync(PostgreSqlSales.ChangedProducts, cancellationToken);
        await ExecuteAsync(PostgreSqlSales.UpdateProducts, cancellationToken, ("now", now));
        var lines = await InsertOrdersAsync(cancellationToken);
        await CountSalesAsync(cancellationToken);
        await ExecuteAsync(PostgreSqlSales.RememberInvoices, cancellationToken);

        return new BackfillCounts(
            newOrders + newCustomers + await CountAsync(PostgreSqlSales.NewProducts, cancellationToken),
            changedOrders + changedProducts,
            await CountAsync(PostgreSqlSales.Products, cancellationToken),
            await CountAsync(PostgreSqlSales.Customers, cancellationToken),
            await CountAsync(PostgreSqlSales.Invoices, cancellationToken),
            lines + await CountAsync(PostgreSqlSales.KnownLines, cancellationToken));
    }

    public async Task<IBulkCopy<CatalogRow>> StageCatalogAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync(PostgreSqlCatalog.Stage, cancellationToken);
        return new PostgreSqlBulkCopy<CatalogRow>(await Connection.BeginRawBinaryCopyAsync(PostgreSqlCatalog.Copy, cancellationToken), Write);
    }

    public async Task<BackfillCounts> LoadCatalogAsync(CatalogColumns columns, DateTimeOffset now, CancellationToken cancellationToken)
    {
        db.CatalogChanges.AddEverything();
        (string, object)[] parameters =
        [
            ("now", now), ("has_description", columns.Description), ("has_category", columns.Category), ("has_image_url", columns.ImageUrl),
        ];
        await ExecuteAsync(PostgreSqlCatalog.RemoveRepeated, cancellationToken);
        var products = await CountAsync(PostgreSqlCatalog.Products, cancellationToken);
        await ExecuteAsync(PostgreSqlCatalog.InsertCategories, cancellationToken, parameters);
        var known = await ExecuteAsync(PostgreSqlCatalog.FindKnown, cancellationToken, parameters);
        var inserted = await ExecuteAsync(PostgreSqlCatalog.InsertProducts, cancellationToken, parameters);
        if (known + inserted < products)
        {
            await ExecuteAsync(PostgreSqlCatalog.FindRivals, cancellationToken, parameters);
        }

        await ExecuteAsync(PostgreSqlCatalog.LockProducts, cancellationToken);
        await ExecuteAsync(PostgreSqlCatalog.NoteRecounted, cancellationToken, parameters);
        var updated = await ExecuteAsync(PostgreSqlCatalog.UpdateProducts, cancellationToken, parameters);
        await NoteListedAsync(inserted, parameters, cancellationToken);
        await ExecuteAsync(PostgreSqlCatalog.CleanPending, cancellationToken);
        if (inserted > known)
        {
            await ExecuteAsync(PostgreSqlCatalog.Analyze, cancellationToken);
        }

        return new BackfillCounts(inserted, updated, products, Customers: 0, Orders: 0, OrderLines: 0);
    }

    /// <summary>
    /// The movements of a catalog that is new. Last of all, since from here on nobody else reaches a table that was taken: who holds a product
    /// that has yet to be locked may be about to write there. Their keys are those of products that this transaction made.
    /// </summary>
    private async Task NoteListedAsync(int inserted, (string, object)[] parameters, CancellationToken cancellationToken)
    {
        if (inserted == 0)
        {
            return;
        }

        await ExecuteAsync(PostgreSqlEmptyTable.Take("stock_movements"), cancellationToken);
        await ExecuteAsync(PostgreSqlSalesLines.TrustKeys, cancellationToken);
        await ExecuteAsync(PostgreSqlCatalog.NoteListed, cancellationToken, parameters);
        await ExecuteAsync(PostgreSqlSalesLines.CheckKeys, cancellationToken);
        await ExecuteAsync(PostgreSqlEmptyTable.RestoreIndexes, cancellationToken);
    }

    private async Task UncountReplacedAsync(CancellationToken cancellationToken)
    {
        if (await CountAsync(PostgreSqlSalesCounts.AnyReplaced, cancellationToken) > 0)
        {
            var facts = SalesSql.Facts(db.Dialect, "o.id IN (SELECT id FROM backfill_replaced)", sign: -1);
            await ExecuteAsync(PostgreSqlSalesBooks.Add(db.Dialect, facts, SalesSql.NoParts), cancellationToken);
        }
    }

    private async Task CountSalesAsync(CancellationToken cancellationToken)
    {
        var isFirst = await CountAsync(PostgreSqlSalesCounts.AnyTotals, cancellationToken) == 0;
        if (isFirst)
        {
            await ExecuteAsync(PostgreSqlEmptyTable.Take("sales_totals", withKey: true), cancellationToken);
        }

        await ExecuteAsync(PostgreSqlSalesCounts.Add(db.Dialect, isFirst), cancellationToken);
        if (isFirst)
        {
            await ExecuteAsync(PostgreSqlEmptyTable.RestoreIndexes, cancellationToken);
        }
    }

    private static void Write(PostgreSqlRowWriter writer, CatalogRow row)
    {
        writer.Row(fields: 8);
        writer.Bigint(row.Line);
        writer.Text(row.Sku);
        writer.Text(row.Name);
        writer.Text(row.Description);
        writer.Cents(row.Price);
        writer.Text(row.Category);
        writer.Text(row.ImageUrl);
        writer.Integer(row.Stock);
    }

    /// <summary>
    /// Foreign keys are checked row by row, which for the lines of a year costs as much as all the rest of the load. Where the role may,
    /// the check is left out for these two statements: what they refer to was made by this transaction or is locked by it.
    /// </summary>
    private async Task<int> InsertOrdersAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync(PostgreSqlSalesLines.TrustKeys, cancellationToken);
        await ExecuteAsync(PostgreSqlSales.InsertOrders, cancellationToken);
        await ExecuteAsync(PostgreSqlEmptyTable.Take("order_items"), cancellationToken);
        var lines = await ExecuteAsync(PostgreSqlSalesLines.InsertLines, cancellationToken);
        await ExecuteAsync(PostgreSqlEmptyTable.RestoreIndexes, cancellationToken);
        await ExecuteAsync(PostgreSqlSalesLines.CheckKeys, cancellationToken);
        return lines;
    }

    private async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params (string Name, object Value)[] parameters)
    {
        await using var command = Command(sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<long> CountAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(sql);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private NpgsqlCommand Command(string sql, params (string Name, object Value)[] parameters)
    {
        var command = new NpgsqlCommand(sql, Connection) { CommandTimeout = NoTimeout };
        foreach (var (name, value) in parameters)
        {
            if (sql.Contains('@' + name, StringComparison.Ordinal))
            {
                command.Parameters.AddWithValue(name, value);
            }
        }

        return command;
    }
}
