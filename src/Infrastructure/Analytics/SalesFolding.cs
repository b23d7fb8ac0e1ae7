using Microsoft.Extensions.DependencyInjection;
using Shop.Application.Abstractions;
using Shop.Domain.Common;

namespace Shop.Infrastructure.Analytics;

/// <summary>Adds the entries of sales to their totals. Nobody waits for it: it only keeps small what readers have to add up.</summary>
internal sealed class SalesFolding(IServiceScopeFactory scopes)
{
    private const int AtOnce = 5_000;

    /// <summary>Adds all entries there are, in small transactions; another node that is at it already is left to it.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many there were.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        int folded;
        do
        {
            folded = await FoldAsync(cancellationToken);
            total += folded;
        }
        while (folded == AtOnce);

        return total;
    }

    private async Task<int> FoldAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var locks = scope.ServiceProvider.GetRequiredService<ILocks>();
        var books = scope.ServiceProvider.GetRequiredService<ISalesBooks>();
        var folded = await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().ExecuteAsync<Result<int>>(
            async () => await locks.TryTakeAsync(LockNames.SalesTotals, cancellationToken) ? await books.FoldAsync(AtOnce, cancellationToken) : 0,
            cancellationToken,
            repeatsSafely: true);
        return folded.Value;
    }
}
