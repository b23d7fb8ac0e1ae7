using Shop.Application.Catalog;

namespace Shop.Infrastructure.Persistence.Backfill;

/// <summary>
/// The part of a backfill that each provider does its own way: rows go by bulk copy into staging tables that live as long as the
/// transaction, and from there by set-based statements to where they belong.
/// </summary>
internal interface IBackfillTables
{
    /// <summary>Makes the staging table of sales. Complete the copy before anything else is done with the connection.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IBulkCopy<SalesRow>> StageSalesAsync(CancellationToken cancellationToken);

    /// <summary>
    /// The staged rows, in the order of the file, of the invoices whose total or units may be beyond the limits of an order. Rare; empty as a rule.
    /// </summary>
    /// <param name="cancellationToken">Gives up.</param>
    IAsyncEnumerable<SalesRow> ReadLargeInvoicesAsync(CancellationToken cancellationToken);

    /// <summary>Takes rows out of the staged sales.</summary>
    /// <param name="rows">The rows, as they were read back.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task RemoveSalesAsync(IReadOnlyCollection<SalesRow> rows, CancellationToken cancellationToken);

    /// <summary>Makes products, customers and orders of the staged sales.</summary>
    /// <param name="now">The present, UTC.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<BackfillCounts> LoadSalesAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Makes the staging table of a catalog. Complete the copy before anything else is done with the connection.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IBulkCopy<CatalogRow>> StageCatalogAsync(CancellationToken cancellationToken);

    /// <summary>Makes products and categories of the staged catalog.</summary>
    /// <param name="columns">The columns that the file has.</param>
    /// <param name="now">The present, UTC.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<BackfillCounts> LoadCatalogAsync(CatalogColumns columns, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>Rows on their way into a staging table. Disposed of before it is completed, it leaves nothing.</summary>
internal interface IBulkCopy<TRow> : IAsyncDisposable
{
    /// <summary>Sends a row.</summary>
    ValueTask WriteAsync(TRow row, CancellationToken cancellationToken);

    /// <summary>Ends the copy.</summary>
    Task CompleteAsync(CancellationToken cancellationToken);
}

/// <summary>A row of a catalog file; null where it has no value.</summary>
internal readonly record struct CatalogRow(
    long Line, string Sku, string Name, string? Description, decimal Price, string? Category, string? ImageUrl, int? Stock);

/// <summary>Which of the columns that may be absent a catalog file has.</summary>
internal readonly record struct CatalogColumns(bool Description, bool Category, bool ImageUrl);

/// <summary>What loading the staged rows did; see <see cref="BackfillReport"/>.</summary>
internal readonly record struct BackfillCounts(long Created, long Updated, long Products, long Customers, long Orders, long OrderLines);
