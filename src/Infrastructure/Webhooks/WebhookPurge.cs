using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shop.Application.Abstractions;
using Shop.Domain.Common;
using Shop.Domain.Outbox;
using Shop.Infrastructure.Persistence;

namespace Shop.Infrastructure.Webhooks;

/// <summary>Gives up what waited too long for a subscription that is switched off, and forgets what ended longer ago than the outbox's retention.</summary>
internal sealed class WebhookPurge(IServiceScopeFactory scopes, ShopSettings settings, TimeProvider clock)
{
    private const int PurgedAtOnce = 1_000;

    /// <summary>Does all there is to do, in small transactions; another node that is at it already is left to it.</summary>
    /// <returns>How many deliveries were forgotten.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        int purged;
        do
        {
            purged = await PurgeBatchAsync(clock.GetUtcNow(), cancellationToken);
            total += purged;
        }
        while (purged == PurgedAtOnce);

        return total;
    }

    private async Task<int> PurgeBatchAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShopDbContext>();
        var locks = scope.ServiceProvider.GetRequiredService<ILocks>();
        var purged = await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().ExecuteAsync<Result<int>>(
            async () =>
            {
                if (!await locks.TryTakeAsync("webhook_purge", cancellationToken))
                {
                    return 0;
                }

                await GiveUpAsync(db, now, cancellationToken);
                return await ForgetAsync(db, now - settings.OutboxRetention, cancellationToken);
            },
            cancellationToken,
            repeatsSafely: true);
        return purged.Value;
    }

    private static Task<int> GiveUpAsync(ShopDbContext db, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.WebhookDeliveries
            .Where(each => each.Status == DeliveryStatus.Waiting && each.GiveUpAt < now && each.LeaseOwner == null
                && db.Webhooks.Any(webhook => webhook.Id == each.WebhookId && !webhook.IsActive))
            .ExecuteUpdateAsync(
                row => row
                    .SetProperty(each => each.Status, DeliveryStatus.Dead)
                    .SetProperty(each => each.FinishedAt, now)
                    .SetProperty(each => each.LastError, "The webhook was not active."),
                cancellationToken);

    private static Task<int> ForgetAsync(ShopDbContext db, DateTimeOffset before, CancellationToken cancellationToken) =>
        db.WebhookDeliveries
            .Where(each => each.Status != DeliveryStatus.Waiting && each.FinishedAt < before)
            .OrderBy(each => each.FinishedAt)
            .Take(PurgedAtOnce)
            .ExecuteDeleteAsync(cancellationToken);
}
