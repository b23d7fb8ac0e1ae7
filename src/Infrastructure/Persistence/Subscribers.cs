using Microsoft.EntityFrameworkCore;
using Shop.Application.Abstractions;
using Shop.Domain.Common;
using Shop.Domain.Webhooks;

namespace Shop.Infrastructure.Persistence;

/// <summary>
/// Tells, before events are stored, whether any other system subscribes to them. Who stores events for none holds a lock until the commit
/// that a new subscription takes for itself alone, so that none is missed: what is committed after the subscription was stored for it.
/// </summary>
internal class Subscribers(ShopDbContext db, ILocks locks, SubscribersSeen seen, TimeProvider clock)
{
    private bool _asks;

    /// <summary>A transaction was undone, perhaps since it took for granted what is not so: the next one asks.</summary>
    public void AskAgain() => _asks = true;

    /// <summary>Comes right before the unit of work saves.</summary>
    public async Task CountAsync(CancellationToken cancellationToken)
    {
        if (db.ChangeTracker.Entries<WebhookSubscription>().Any(entry => entry.State is EntityState.Added or EntityState.Modified && entry.Entity.IsActive))
        {
            await locks.TakeAsync(LockNames.Subscribers, cancellationToken);
        }

        if (IsTold || !db.ChangeTracker.Entries<AggregateRoot>().Any(entry => entry.Entity.Events.Count > 0))
        {
            db.HasSubscribers = db.KnowsSubscribers ?? true;
            return;
        }

        await AskAsync(cancellationToken);
        db.HasSubscribers = db.KnowsSubscribers ?? true;
    }

    /// <summary>Asks with the next statement, where the provider can, since events are about to be raised: the question takes no trip of its own then.</summary>
    public virtual void AskAhead()
    {
    }

    /// <summary>Whether there is nothing to ask: this transaction has asked, or there were some a moment ago.</summary>
    protected bool IsTold => db.KnowsSubscribers is not null || seen.IsRecent(clock.GetUtcNow());

    /// <summary>Whether a provider may take it for granted that there are none, if it has the transaction fail should there be one.</summary>
    protected bool IsGranted => !_asks && seen.IsNone;

    /// <summary>Takes the lock, then looks.</summary>
    protected virtual async Task AskAsync(CancellationToken cancellationToken)
    {
        await locks.HoldAsync(LockNames.Subscribers, cancellationToken);
        Note(await db.Webhooks.AnyAsync(webhook => webhook.IsActive, cancellationToken));
    }

    /// <summary>Notes the answer.</summary>
    protected void Note(bool any)
    {
        db.KnowsSubscribers = any;
        seen.Note(any, clock.GetUtcNow());
    }
}

/// <summary>Spares a shop that has subscribers the question: an event too many is looked at by the consumer and dropped.</summary>
internal sealed class SubscribersSeen
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(1);

    private const long None = -1;

    private long _until;

    /// <summary>Whether there were some a moment ago.</summary>
    /// <param name="now">The present, UTC.</param>
    public bool IsRecent(DateTimeOffset now) => now.UtcTicks < Volatile.Read(ref _until);

    /// <summary>Whether there were none when somebody asked last.</summary>
    public bool IsNone => Volatile.Read(ref _until) == None;

    /// <summary>Notes an answer.</summary>
    /// <param name="any">Whether there are some.</param>
    /// <param name="now">When it was asked, UTC.</param>
    public void Note(bool any, DateTimeOffset now) => Volatile.Write(ref _until, any ? (now + GoodFor).UtcTicks : None);
}
