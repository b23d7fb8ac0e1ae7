namespace Shop.Domain.Outbox;

/// <summary>An event on its way to one consumer. It is changed by conditional statements alone, which the database decides.</summary>
public sealed class OutboxDelivery
{
    /// <summary>The longest name of a consumer.</summary>
    public const int MaxConsumerLength = 50;

    /// <summary>The longest reason of a failure; a longer one is cut.</summary>
    public const int MaxErrorLength = 1_000;

    internal OutboxDelivery(OutboxEvent stored, string consumer) =>
        (EventId, Consumer, AggregateType, AggregateId, Sequence, NextAttemptAt) =
            (stored.EventId, consumer, stored.AggregateType, stored.AggregateId, stored.Sequence, stored.CreatedAt);

    private OutboxDelivery()
    {
    }

    /// <summary>Which event.</summary>
    public Guid EventId { get; private set; }

    /// <summary>Who gets it.</summary>
    public string Consumer { get; private set; } = "";

    /// <summary>What it happened to, as in the event.</summary>
    public string AggregateType { get; private set; } = "";

    /// <summary>What it happened to, as in the event.</summary>
    public long AggregateId { get; private set; }

    /// <summary>Its place among the aggregate's events: earlier ones are delivered first, unless they are dead.</summary>
    public long Sequence { get; private set; }

    /// <summary>Where it stands.</summary>
    public DeliveryStatus Status { get; private set; }

    /// <summary>Attempts begun since it was last set to wait.</summary>
    public int Attempts { get; private set; }

    /// <summary>From when on it may be claimed, UTC: while a worker has it, when that worker counts as dead.</summary>
    public DateTimeOffset NextAttemptAt { get; private set; }

    /// <summary>Who works on it, if anybody does; a result of anybody else comes too late.</summary>
    public Guid? LeaseOwner { get; private set; }

    /// <summary>Why the last attempt failed, or null.</summary>
    public string? LastError { get; private set; }

    /// <summary>When it was done or given up, UTC, or null.</summary>
    public DateTimeOffset? FinishedAt { get; private set; }
}

/// <summary>Where a delivery stands.</summary>
public enum DeliveryStatus
{
    /// <summary>To be done, now or after a pause.</summary>
    Waiting,

    /// <summary>Done.</summary>
    Done,

    /// <summary>Given up after too many attempts, until a person sends it again.</summary>
    Dead,
}
