using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Application.Common.Paging;
using Shop.Domain.Catalog;
using Shop.Domain.Common;

namespace Shop.Application.Catalog;

/// <summary>
/// Loads the file that <c>Shop:Backfill:Path</c> names and answers with its products, newest first. With a cursor, which
/// continues such an answer, nothing is loaded.
/// </summary>
/// <remarks>Manages its transaction itself for the reasons of <see cref="BackfillProducts"/>.</remarks>
[Access(Who.Admin)]
public sealed record BackfillConfiguredFile : IPagedQuery<ProductAnswer>, IManagesTransactions
{
    /// <inheritdoc />
    public required PageRequest Page { get; init; }
}

internal sealed class BackfillConfiguredFileHandler(IBackfill backfill, IBackfillFiles files, IRepository<Product> products)
    : IRequestHandler<BackfillConfiguredFile, Result<Page<ProductAnswer>>>
{
    public async Task<Result<Page<ProductAnswer>>> Handle(BackfillConfiguredFile query, CancellationToken cancellationToken)
    {
        if (query.Page.Cursor is null)
        {
            var loaded = await WithFileAsync(file => backfill.LoadAsync(file, dryRun: false, progress: null, cancellationToken));
            if (loaded.IsFailure)
            {
                return loaded.Error;
            }
        }

        var skus = await WithFileAsync(file => backfill.ReadSkusAsync(file, cancellationToken));
        return skus.IsFailure
            ? skus.Error
            : await products.GetPageAsync<ProductAnswer>(ProductSpecs.BySkus(skus.Value), query.Page, cancellationToken);
    }

    private async Task<Result<T>> WithFileAsync<T>(Func<Stream, Task<Result<T>>> read)
    {
        var file = files.OpenConfigured();
        if (file.IsFailure)
        {
            return file.Error;
        }

        await using var content = file.Value;
        return await read(content);
    }
}
