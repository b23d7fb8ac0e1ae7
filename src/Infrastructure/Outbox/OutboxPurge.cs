using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shop.Application.Abstractions;
using Shop.Domain.Common;
using Shop.Domain.Outbox;
using Shop.Infrastructure.Persistence;

namespace Shop.Infrastructure.Outbox;

/// <summary>Forgets events that all consumers have had and that are older than the retention. What waits or is dead stays.</summary>
internal sealed class OutboxPurge(IServiceScopeFactory scopes, ShopSettings settings, TimeProvider clock)
{
    private const int PurgedAtOnce = 1_000;

    /// <summary>Forgets all there is to forget, in small transactions; another node that is at it already is left to it.</summary>
    /// <returns>How many events were forgotten.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        int purged;
        do
        {
            purged = await PurgeBatchAsync(clock.GetUtcNow() - settings.OutboxRetention, cancellationToken);
            total += purged;
        }
        while (purged == PurgedAtOnce);

        return total;
    }

    private async Task<int> PurgeBatchAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShopDbContext>();
        var locks = scope.ServiceProvider.GetRequiredService<ILocks>();
        var purged = await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().ExecuteAsync<Result<int>>(
            async () => await locks.TryTakeAsync("outbox_purge", cancellationToken)
                ? await db.OutboxEvents
                    .Where(each => each.CreatedAt < before && !each.Deliveries.Any(delivery => delivery.Status != DeliveryStatus.Done))
                    .OrderBy(each => each.CreatedAt)
                    .Take(PurgedAtOnce)
                    .ExecuteDeleteAsync(cancellationToken)
                : 0,
            cancellationToken,
            repeatsSafely: true);
        return purged.Value;
    }
}
