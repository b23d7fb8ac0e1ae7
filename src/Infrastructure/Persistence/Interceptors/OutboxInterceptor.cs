using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Shop.Domain.Common;
using Shop.Domain.Outbox;
using Shop.Infrastructure.Outbox;
using Shop.Infrastructure.Persistence.Configurations;

namespace Shop.Infrastructure.Persistence.Interceptors;

/// <summary>
/// Stores what happened to the aggregates that are saved, in the same batch of statements. It comes before the interceptor that counts
/// versions: counting an event is an edit, so that the version guards the sequence where no lock does.
/// </summary>
internal sealed class OutboxInterceptor(IReadOnlyList<EventConsumer> consumers) : SaveChangesInterceptor
{
    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Store((ShopDbContext)eventData.Context!);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Store((ShopDbContext)eventData.Context!);
        return new(result);
    }

    private void Store(ShopDbContext db)
    {
        foreach (var entry in db.ChangeTracker.Entries<AggregateRoot>().Where(entry => entry.Entity.Events.Count > 0).ToList())
        {
            var sequence = entry.Property<long>(OutboxConfiguration.EventSequence);
            foreach (var happened in entry.Entity.TakeEvents())
            {
                sequence.CurrentValue++;
                var stored = ToStore(entry, happened, sequence.CurrentValue, db.HasSubscribers);
                db.Append(stored);
                foreach (var delivery in stored.Deliveries)
                {
                    db.Append(delivery);
                }

                db.HasDeliveries |= stored.Deliveries.Count > 0;
            }
        }

        db.HasSubscribers = true;
    }

    private OutboxEvent ToStore(EntityEntry<AggregateRoot> entry, DomainEvent happened, long sequence, bool hasSubscribers) =>
        OutboxEvent.Of(
            happened.Type,
            EventPayload.AggregateType(entry.Metadata.ClrType),
            entry.Entity.Id,
            sequence,
            EventPayload.Write(entry.Entity.Id, happened),
            happened.OccurredAt,
            consumers.Where(consumer => consumer.Wants(happened.Type) && (hasSubscribers || !consumer.NeedsSubscribers)).Select(consumer => consumer.Name));
}
