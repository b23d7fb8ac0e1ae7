using Microsoft.EntityFrameworkCore;
using Shop.Domain.Common;
using Shop.Domain.Outbox;

namespace Shop.Infrastructure.Persistence.Configurations;

internal sealed class OutboxConfiguration : EntityConfiguration
{
    /// <summary>Of every aggregate: the number of events that it has raised, counted under its row's lock.</summary>
    public const string EventSequence = "EventSequence";

    public override void Configure(ModelBuilder model, Dialect dialect)
    {
        Events(model);
        Deliveries(model, dialect);
    }

    /// <summary>Comes after all aggregates are known.</summary>
    public static void CountEvents(ModelBuilder model)
    {
        foreach (var aggregate in model.Model.GetEntityTypes().Where(type => type.ClrType.IsSubclassOf(typeof(AggregateRoot))).ToList())
        {
            model.Entity(aggregate.ClrType).Property<long>(EventSequence).HasDefaultValue(0L).ValueGeneratedNever();
        }
    }

    private static void Events(ModelBuilder model)
    {
        var stored = model.Entity<OutboxEvent>();
        stored.ToTable("outbox");
        stored.Property(each => each.Type).HasMaxLength(EventTypes.MaxLength);
        stored.Property(each => each.AggregateType).HasMaxLength(OutboxEvent.MaxAggregateTypeLength);
        stored.HasAlternateKey(each => each.EventId);
        stored.HasMany(each => each.Deliveries).WithOne().HasForeignKey(each => each.EventId).HasPrincipalKey(each => each.EventId)
            .OnDelete(DeleteBehavior.Cascade);
        stored.HasIndex(each => new { each.AggregateType, each.AggregateId, each.Sequence }).IsUnique().HasDatabaseName("ux_outbox_sequence");
        stored.HasIndex(each => new { each.CreatedAt, each.Id });
    }

    /// <summary>The indexes hold what is not done alone, so that they stay small whatever was done before.</summary>
    private static void Deliveries(ModelBuilder model, Dialect dialect)
    {
        var delivery = model.Entity<OutboxDelivery>();
        delivery.ToTable("outbox_deliveries");
        delivery.HasKey(each => new { each.EventId, each.Consumer });
        delivery.Property(each => each.Consumer).HasMaxLength(OutboxDelivery.MaxConsumerLength);
        delivery.Property(each => each.AggregateType).HasMaxLength(OutboxEvent.MaxAggregateTypeLength);
        delivery.Property(each => each.LastError).HasMaxLength(OutboxDelivery.MaxErrorLength);
        var waiting = $"{dialect.Quote("status")} = 'waiting'";
        delivery.HasIndex(each => new { each.Consumer, each.NextAttemptAt }).HasFilter(waiting).HasDatabaseName("ix_outbox_deliveries_due");
        delivery.HasIndex(each => new { each.Consumer, each.AggregateType, each.AggregateId, each.Sequence }).HasFilter(waiting)
            .HasDatabaseName("ix_outbox_deliveries_order");
        delivery.HasIndex(each => each.EventId).HasFilter($"{dialect.Quote("status")} <> 'done'").HasDatabaseName("ix_outbox_deliveries_unfinished");
    }
}
