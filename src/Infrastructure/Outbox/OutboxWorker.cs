using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shop.Application.Abstractions;
using Shop.Domain.Common;
using Shop.Domain.Outbox;
using Shop.Infrastructure.Persistence;

namespace Shop.Infrastructure.Outbox;

/// <summary>Takes events to a consumer.</summary>
internal sealed partial class OutboxWorker(IServiceScopeFactory scopes, TimeProvider clock, ILogger<OutboxWorker> log)
{
    /// <summary>After so many attempts a delivery is given up.</summary>
    public const int MaxAttempts = 10;

    /// <summary>How many deliveries are claimed, and done, at once: all begin when they are claimed, so that one lease fits all.</summary>
    public const int BatchSize = 8;

    /// <summary>How long a worker may be silent before another takes its deliveries over.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan TimeLimit = Lease / 2;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);

    private static readonly Error LeaseLost = new(ErrorKind.Conflict, "lease_lost", "Another worker has taken the delivery over.");

    /// <summary>Claims what is due for a consumer and lets it do its work.</summary>
    /// <returns>How many deliveries were claimed; 0 when nothing is due.</returns>
    public async Task<int> RunAsync(EventConsumer consumer, CancellationToken cancellationToken)
    {
        var claimed = await ClaimAsync(consumer.Name, cancellationToken);
        await Task.WhenAll(claimed.Select(delivery => DeliverAsync(delivery, consumer, cancellationToken)));
        return claimed.Count;
    }

    /// <summary>The pause after a failed attempt: 5 seconds, then twice as long each time, and up to a fifth more so that not all come at once.</summary>
    /// <param name="attempts">Attempts so far, from 1.</param>
    public static TimeSpan PauseAfter(int attempts) => FirstPause * Math.Pow(2, attempts - 1) * (1 + (Random.Shared.NextDouble() / 5));

    private async Task<List<Delivery>> ClaimAsync(string consumer, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (owner, now) = (Guid.NewGuid(), clock.GetUtcNow());
        var claimed = await scope.ServiceProvider.GetRequiredService<IOutboxClaims>()
            .ClaimAsync(consumer, owner, now, now + Lease, BatchSize, cancellationToken);
        if (claimed.Count == 0)
        {
            return [];
        }

        Guid[] ids = [.. claimed.Select(each => each.EventId)];
        var events = await scope.ServiceProvider.GetRequiredService<ShopDbContext>().OutboxEvents.AsNoTracking()
            .Where(each => ids.Contains(each.EventId))
            .ToDictionaryAsync(each => each.EventId, cancellationToken);
        return [.. claimed.Select(each => new Delivery(events[each.EventId], consumer, owner, each.Attempts))];
    }

    private async Task DeliverAsync(Delivery delivery, EventConsumer consumer, CancellationToken stopping)
    {
        if (delivery.Attempts > MaxAttempts)
        {
            await FailAsync(delivery, $"The shop ended in the middle of each of {MaxAttempts} attempts.");
            return;
        }

        using var limit = new CancellationTokenSource(TimeLimit);
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);

            // A consumer that can't break off when the shop stops is waited for: given back, its event would be handled twice at once
            await (consumer.IsTransactional ? HandleInTransactionAsync(delivery, consumer, either.Token) : HandleAsync(delivery, consumer, either.Token))
                .WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested && !limit.IsCancellationRequested)
        {
            await UpdateAsync(delivery, rows => rows.ExecuteUpdateAsync(row => row
                .SetProperty(each => each.LeaseOwner, (Guid?)null)
                .SetProperty(each => each.Attempts, each => each.Attempts - 1)
                .SetProperty(each => each.NextAttemptAt, clock.GetUtcNow())));
        }
        catch (OperationCanceledException exception)
        {
            Failed(log, exception, delivery.Event.EventId, delivery.Event.Type, delivery.Consumer, delivery.Attempts);
            await FailAsync(delivery, $"It took longer than {TimeLimit.TotalSeconds} seconds.");
        }
        catch (Exception exception)
        {
            Failed(log, exception, delivery.Event.EventId, delivery.Event.Type, delivery.Consumer, delivery.Attempts);
            await FailAsync(delivery, exception.Message);
        }
    }

    private async Task HandleAsync(Delivery delivery, EventConsumer consumer, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await consumer.HandleAsync(scope.ServiceProvider, delivery.Event, cancellationToken);
        await UpdateAsync(delivery, FinishAsync);
    }

    private async Task HandleInTransactionAsync(Delivery delivery, EventConsumer consumer, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShopDbContext>();
        var outcome = await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().ExecuteAsync<Result>(
            async () =>
            {
                await consumer.HandleAsync(scope.ServiceProvider, delivery.Event, cancellationToken);
                return await FinishAsync(delivery.Rows(db)) == 1 ? Result.Ok : LeaseLost;
            },
            cancellationToken,
            repeatsSafely: true);
        if (outcome.IsFailure && outcome.Error != LeaseLost)
        {
            throw new InvalidOperationException(outcome.Error.Detail);
        }
    }

    private Task<int> FinishAsync(IQueryable<OutboxDelivery> rows) => rows.ExecuteUpdateAsync(row => row
        .SetProperty(each => each.Status, DeliveryStatus.Done)
        .SetProperty(each => each.FinishedAt, clock.GetUtcNow())
        .SetProperty(each => each.LastError, (string?)null)
        .SetProperty(each => each.LeaseOwner, (Guid?)null));

    private Task FailAsync(Delivery delivery, string reason)
    {
        var (now, isLast) = (clock.GetUtcNow(), delivery.Attempts >= MaxAttempts);
        var error = reason.Length > OutboxDelivery.MaxErrorLength ? reason[..OutboxDelivery.MaxErrorLength] : reason;
        return UpdateAsync(delivery, rows => rows.ExecuteUpdateAsync(row => row
            .SetProperty(each => each.Status, isLast ? DeliveryStatus.Dead : DeliveryStatus.Waiting)
            .SetProperty(each => each.FinishedAt, isLast ? now : null)
            .SetProperty(each => each.NextAttemptAt, isLast ? now : now + PauseAfter(delivery.Attempts))
            .SetProperty(each => each.Attempts, Math.Min(delivery.Attempts, MaxAttempts))
            .SetProperty(each => each.LastError, error)
            .SetProperty(each => each.LeaseOwner, (Guid?)null)));
    }

    /// <summary>Notes a result, unless another worker has taken the delivery over. A stopping shop still does.</summary>
    private async Task UpdateAsync(Delivery delivery, Func<IQueryable<OutboxDelivery>, Task<int>> update)
    {
        await using var scope = scopes.CreateAsyncScope();
        await update(delivery.Rows(scope.ServiceProvider.GetRequiredService<ShopDbContext>()));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Event {EventId} ({Type}) failed at {Consumer}, attempt {Attempt}.")]
    private static partial void Failed(ILogger log, Exception exception, Guid eventId, string type, string consumer, int attempt);

    private sealed record Delivery(OutboxEvent Event, string Consumer, Guid Owner, int Attempts)
    {
        public IQueryable<OutboxDelivery> Rows(ShopDbContext db) => db.OutboxDeliveries.Where(each =>
            each.EventId == Event.EventId && each.Consumer == Consumer && each.LeaseOwner == Owner && each.Status == DeliveryStatus.Waiting);
    }
}
