using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;

namespace Shop.Application.Catalog;

/// <summary>Loads a CSV file of products or past sales.</summary>
/// <remarks>
/// It manages its transaction itself, since a dry run succeeds and yet must be rolled back, and since a stream can be read only once: the
/// commit behavior would repeat the work after a lost connection.
/// </remarks>
/// <param name="Content">The file.</param>
/// <param name="DryRun">Whether to change nothing and only report.</param>
[Access(Who.Admin)]
public sealed record BackfillProducts(Stream Content, bool DryRun) : ICommand<BackfillReport>, IManagesTransactions;

internal sealed class BackfillProductsHandler(IBackfill backfill) : IRequestHandler<BackfillProducts, Result<BackfillReport>>
{
    public Task<Result<BackfillReport>> Handle(BackfillProducts command, CancellationToken cancellationToken) =>
        backfill.LoadAsync(command.Content, command.DryRun, progress: null, cancellationToken);
}
