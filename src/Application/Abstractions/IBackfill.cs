using Shop.Application.Catalog;
using Shop.Domain.Common;

namespace Shop.Application.Abstractions;

/// <summary>Loads CSV files of products or of past sales, which are told apart by their header.</summary>
public interface IBackfill
{
    /// <summary>
    /// Loads a file in one transaction: all of it or, when it is refused, none of it. Rows that can't be read are left out and reported.
    /// Loading the same file again changes nothing. One file is loaded at a time; others wait for it for a while.
    /// </summary>
    /// <param name="content">The file, read once from where it stands to its end, in constant memory.</param>
    /// <param name="dryRun">Whether to undo everything at the end, so that only the report is left.</param>
    /// <param name="progress">Hears now and then how many rows have been read; may be null.</param>
    /// <param name="cancellationToken">Gives up; nothing is left behind.</param>
    /// <returns>What was done; or <see cref="BackfillErrors"/>.</returns>
    Task<Result<BackfillReport>> LoadAsync(
        Stream content, bool dryRun, IProgress<long>? progress, CancellationToken cancellationToken);

    /// <summary>The SKUs of the products that a file names; changes nothing.</summary>
    /// <param name="content">The file, read once.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Each SKU once; or <see cref="BackfillErrors"/>.</returns>
    Task<Result<IReadOnlyCollection<string>>> ReadSkusAsync(Stream content, CancellationToken cancellationToken);
}

/// <summary>Files on the shop's own disk.</summary>
public interface IBackfillFiles
{
    /// <summary>Opens the file that <c>Shop:Backfill:Path</c> names, or the one that ships with the shop; unpacks <c>.gz</c>.</summary>
    /// <returns>The file; or <see cref="BackfillErrors.FileMissing"/>.</returns>
    Result<Stream> OpenConfigured();
}

/// <summary>Writes the catalog CSV, in the form that <see cref="IBackfill"/> reads.</summary>
public interface ICatalogCsv
{
    /// <summary>Writes header and products, as they come.</summary>
    /// <param name="products">The products.</param>
    /// <param name="output">Where to.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task WriteAsync(IAsyncEnumerable<ExportedProduct> products, Stream output, CancellationToken cancellationToken);
}
