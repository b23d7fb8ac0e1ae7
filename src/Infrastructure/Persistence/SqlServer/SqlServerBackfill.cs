using Shop.Application.Abstractions;
using Shop.Application.Catalog;
using Shop.Domain.Common;

namespace Shop.Infrastructure.Persistence.SqlServer;

/// <summary>Refuses: SqlBulkCopy into staging tables and the statements behind them are not built for this provider.</summary>
internal sealed class SqlServerBackfill : IBackfill
{
    public Task<Result<BackfillReport>> LoadAsync(
        Stream content, bool dryRun, IProgress<long>? progress, CancellationToken cancellationToken) =>
        Task.FromResult(Result<BackfillReport>.Fail(BackfillErrors.NotSupported));

    public Task<Result<IReadOnlyCollection<string>>> ReadSkusAsync(Stream content, CancellationToken cancellationToken) =>
        Task.FromResult(Result<IReadOnlyCollection<string>>.Fail(BackfillErrors.NotSupported));
}
