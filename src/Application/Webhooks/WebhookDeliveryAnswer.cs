using Shop.Application.Common.Mapping;
using Shop.Domain.Outbox;
using Shop.Domain.Webhooks;

namespace Shop.Application.Webhooks;

/// <summary>An event on its way to a subscription.</summary>
public sealed record WebhookDeliveryAnswer
{
    /// <summary>The delivery's id.</summary>
    public required long Id { get; init; }

    /// <summary>The subscription.</summary>
    public required long WebhookId { get; init; }

    /// <summary>What the receiver knows the event by.</summary>
    public required Guid EventId { get; init; }

    /// <summary>What happened, such as <c>order.placed</c>.</summary>
    public required string EventType { get; init; }

    /// <summary>Its place among the events of what it happened to.</summary>
    public required long Sequence { get; init; }

    /// <summary>Where it stands.</summary>
    public required DeliveryStatus Status { get; init; }

    /// <summary>Attempts begun since it was last set to wait.</summary>
    public required int Attempts { get; init; }

    /// <summary>When it is tried next, UTC, at the earliest; null when it is done or dead.</summary>
    public required DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>The HTTP status of the last answer; null when none came.</summary>
    public required int? LastStatus { get; init; }

    /// <summary>Why the last attempt failed, or null.</summary>
    public required string? LastError { get; init; }

    /// <summary>When it was filed, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was done or given up, UTC, or null.</summary>
    public required DateTimeOffset? FinishedAt { get; init; }

    private sealed class Projection : AnswerProfile
    {
        public Projection() => CreateMap<WebhookDelivery, WebhookDeliveryAnswer>().ConvertUsing(delivery => new WebhookDeliveryAnswer
        {
            Id = delivery.Id,
            WebhookId = delivery.WebhookId,
            EventId = delivery.EventId,
            EventType = delivery.EventType,
            Sequence = delivery.Sequence,
            Status = delivery.Status,
            Attempts = delivery.Attempts,
            NextAttemptAt = delivery.Status == DeliveryStatus.Waiting ? delivery.NextAttemptAt : null,
            LastStatus = delivery.LastStatus,
            LastError = delivery.LastError,
            CreatedAt = delivery.CreatedAt,
            FinishedAt = delivery.FinishedAt,
        });
    }
}
