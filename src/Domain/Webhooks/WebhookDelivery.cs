using Shop.Domain.Outbox;

namespace Shop.Domain.Webhooks;

/// <summary>
/// An event on its way to one subscription, with the very bytes that are sent. It is changed by conditional statements alone, which the
/// database decides.
/// </summary>
public sealed class WebhookDelivery
{
    /// <summary>The longest reason of a failure; a longer one is cut.</summary>
    public const int MaxErrorLength = 500;

    /// <summary>How long a delivery is tried before it is given up.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    private WebhookDelivery()
    {
    }

    /// <summary>The key.</summary>
    public long Id { get; private set; }

    /// <summary>The subscription.</summary>
    public long WebhookId { get; private set; }

    /// <summary>What the receiver knows the event by: the same at every attempt.</summary>
    public Guid EventId { get; private set; }

    /// <summary>What happened.</summary>
    public string EventType { get; private set; } = "";

    /// <summary>What it happened to, as in the event.</summary>
    public string AggregateType { get; private set; } = "";

    /// <summary>What it happened to, as in the event.</summary>
    public long AggregateId { get; private set; }

    /// <summary>Its place among the aggregate's events: earlier ones are sent first, unless they are dead.</summary>
    public long Sequence { get; private set; }

    /// <summary>What is sent, the same at every attempt.</summary>
    public string Body { get; private set; } = "";

    /// <summary>Where it stands.</summary>
    public DeliveryStatus Status { get; private set; }

    /// <summary>Attempts begun since it was last set to wait.</summary>
    public int Attempts { get; private set; }

    /// <summary>From when on it may be claimed, UTC: while a worker has it, when that worker counts as dead.</summary>
    public DateTimeOffset NextAttemptAt { get; private set; }

    /// <summary>When its last attempt is, UTC.</summary>
    public DateTimeOffset GiveUpAt { get; private set; }

    /// <summary>Who works on it, if anybody does; a result of anybody else comes too late.</summary>
    public Guid? LeaseOwner { get; private set; }

    /// <summary>The HTTP status of the last answer; null when none came.</summary>
    public int? LastStatus { get; private set; }

    /// <summary>Why the last attempt failed, or null.</summary>
    public string? LastError { get; private set; }

    /// <summary>When it was filed, UTC.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When it was done or given up, UTC, or null.</summary>
    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>A delivery that waits.</summary>
    /// <param name="webhookId">The subscription.</param>
    /// <param name="happened">The event.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="now">The present, UTC.</param>
    /// <param name="due">From when on it may be claimed, UTC: later than now where an earlier event of the aggregate pauses.</param>
    public static WebhookDelivery Of(long webhookId, OutboxEvent happened, string body, DateTimeOffset now, DateTimeOffset due) => new()
    {
        WebhookId = webhookId,
        EventId = happened.EventId,
        EventType = happened.Type,
        AggregateType = happened.AggregateType,
        AggregateId = happened.AggregateId,
        Sequence = happened.Sequence,
        Body = body,
        NextAttemptAt = due,
        GiveUpAt = now + Patience,
        CreatedAt = now,
    };
}
