using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Shop.Domain.Common;
using Shop.Domain.Outbox;
using Shop.Domain.Webhooks;

namespace Shop.Infrastructure.Persistence.Configurations;

internal sealed class WebhookConfiguration : EntityConfiguration
{
    private const int MaxEventTypesLength = 4_000;
    private const int MaxProtectedLength = 1_000;

    public override void Configure(ModelBuilder model, Dialect dialect)
    {
        Subscriptions(model, dialect);
        Deliveries(model, dialect);
    }

    private static void Subscriptions(ModelBuilder model, Dialect dialect)
    {
        var webhook = Aggregate<WebhookSubscription>(model, dialect, "webhooks");
        webhook.Property(each => each.Url).HasMaxLength(WebhookSubscription.MaxUrlLength);
        webhook.Property(each => each.EventTypes).HasColumnName("events").HasMaxLength(MaxEventTypesLength)
            .HasConversion(new ListConverter(), new ListComparer());
        webhook.Property(each => each.IsActive).HasColumnName("active");
        webhook.Property(each => each.ProtectedSecret).HasMaxLength(MaxProtectedLength);
        webhook.Property(each => each.ProtectedOldSecret).HasMaxLength(MaxProtectedLength);
        webhook.HasIndex(each => new { each.CreatedAt, each.Id });
    }

    /// <summary>The indexes that workers use hold what waits alone, so that they stay small whatever was done before.</summary>
    private static void Deliveries(ModelBuilder model, Dialect dialect)
    {
        var delivery = model.Entity<WebhookDelivery>();
        delivery.ToTable("webhook_deliveries");
        delivery.Property(each => each.EventType).HasMaxLength(EventTypes.MaxLength);
        delivery.Property(each => each.AggregateType).HasMaxLength(OutboxEvent.MaxAggregateTypeLength);
        delivery.Property(each => each.LastError).HasMaxLength(WebhookDelivery.MaxErrorLength);
        delivery.HasOne<WebhookSubscription>().WithMany().HasForeignKey(each => each.WebhookId).OnDelete(DeleteBehavior.Cascade);
        delivery.HasIndex(each => new { each.WebhookId, each.EventId }).IsUnique().HasDatabaseName("ux_webhook_deliveries_event");
        delivery.HasIndex(each => new { each.WebhookId, each.CreatedAt, each.Id });
        var waiting = $"{dialect.Quote("status")} = 'waiting'";
        delivery.HasIndex(each => new { each.WebhookId, each.NextAttemptAt }).HasFilter(waiting).HasDatabaseName("ix_webhook_deliveries_due");
        delivery.HasIndex(each => new { each.AggregateId, each.AggregateType, each.WebhookId, each.Sequence }).HasFilter(waiting)
            .HasDatabaseName("ix_webhook_deliveries_order");
        delivery.HasIndex(each => each.FinishedAt).HasFilter($"{dialect.Quote("status")} <> 'waiting'").HasDatabaseName("ix_webhook_deliveries_finished");
    }

    private sealed class ListConverter() : ValueConverter<IReadOnlyList<string>, string>(
        list => JsonSerializer.Serialize(list, JsonSerializerOptions.Default),
        json => JsonSerializer.Deserialize<string[]>(json, JsonSerializerOptions.Default)!);

    private sealed class ListComparer() : ValueComparer<IReadOnlyList<string>>(
        (one, other) => one!.SequenceEqual(other!),
        list => list.Aggregate(0, (hash, each) => HashCode.Combine(hash, each.GetHashCode(StringComparison.Ordinal))),
        list => list);
}
