using System.Text.Json;
using System.Text.Json.Serialization;
using Shop.Application.Common.Mapping;
using Shop.Domain.Outbox;

namespace Shop.Application.Outbox;

/// <summary>An event, and how far it came.</summary>
public sealed record OutboxEventAnswer
{
    /// <summary>Its key in the outbox.</summary>
    public required long Id { get; init; }

    /// <summary>What receivers know it by.</summary>
    public required Guid EventId { get; init; }

    /// <summary>What happened, such as <c>order.placed</c>.</summary>
    public required string Type { get; init; }

    /// <summary>What it happened to, such as <c>order</c>.</summary>
    public required string AggregateType { get; init; }

    /// <summary>The id of what it happened to.</summary>
    public required long AggregateId { get; init; }

    /// <summary>Its place among the events of what it happened to, from 1.</summary>
    public required long Sequence { get; init; }

    /// <summary>What receivers get to know.</summary>
    public JsonElement Data => JsonSerializer.Deserialize<JsonElement>(StoredData);

    /// <summary>When it happened, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary><c>dead</c> when it was given up for any consumer, else <c>waiting</c> while any has not got it, else <c>done</c>.</summary>
    public DeliveryStatus Status =>
        Deliveries.Any(delivery => delivery.Status == DeliveryStatus.Dead) ? DeliveryStatus.Dead
        : Deliveries.Any(delivery => delivery.Status == DeliveryStatus.Waiting) ? DeliveryStatus.Waiting
        : DeliveryStatus.Done;

    /// <summary>The most attempts that any consumer needed so far.</summary>
    public int Attempts => Deliveries.Select(delivery => delivery.Attempts).DefaultIfEmpty().Max();

    /// <summary>One for each consumer that wants it; none when nobody does.</summary>
    public required IReadOnlyList<OutboxDeliveryAnswer> Deliveries { get; init; }

    /// <summary>The data as it is stored.</summary>
    [JsonIgnore]
    public string StoredData { get; init; } = "{}";

    private sealed class Projection : AnswerProfile
    {
        public Projection() => CreateMap<OutboxEvent, OutboxEventAnswer>().ConvertUsing(each => new OutboxEventAnswer
        {
            Id = each.Id,
            EventId = each.EventId,
            Type = each.Type,
            AggregateType = each.AggregateType,
            AggregateId = each.AggregateId,
            Sequence = each.Sequence,
            StoredData = each.Data,
            CreatedAt = each.CreatedAt,
            Deliveries = each.Deliveries
                .OrderBy(delivery => delivery.Consumer)
                .Select(delivery => new OutboxDeliveryAnswer
                {
                    Consumer = delivery.Consumer,
                    Status = delivery.Status,
                    Attempts = delivery.Attempts,
                    NextAttemptAt = delivery.Status == DeliveryStatus.Waiting ? delivery.NextAttemptAt : null,
                    LastError = delivery.LastError,
                    FinishedAt = delivery.FinishedAt,
                })
                .ToList(),
        });
    }
}

/// <summary>An event on its way to one consumer.</summary>
public sealed record OutboxDeliveryAnswer
{
    /// <summary>Who gets it, such as <c>mail</c>.</summary>
    public required string Consumer { get; init; }

    /// <summary>Where it stands.</summary>
    public required DeliveryStatus Status { get; init; }

    /// <summary>Attempts begun; ten are made.</summary>
    public required int Attempts { get; init; }

    /// <summary>When it is tried next, UTC, at the earliest; null when it is done or dead.</summary>
    public required DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>Why the last attempt failed, or null.</summary>
    public required string? LastError { get; init; }

    /// <summary>When it was done or given up, UTC, or null.</summary>
    public required DateTimeOffset? FinishedAt { get; init; }
}
