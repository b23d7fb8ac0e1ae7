namespace Shop.Domain.Outbox;

/// <summary>An event, stored in the transaction of what it tells; it never changes.</summary>
public sealed class OutboxEvent
{
    /// <summary>The longest kind of aggregate.</summary>
    public const int MaxAggregateTypeLength = 50;

    private readonly List<OutboxDelivery> _deliveries = [];

    private OutboxEvent()
    {
    }

    /// <summary>The key; it grows, though not always in the order of commits.</summary>
    public long Id { get; private set; }

    /// <summary>What receivers know it by: the same at every attempt and on every node.</summary>
    public Guid EventId { get; private set; }

    /// <summary>What happened: one of <see cref="Common.EventTypes.All"/>.</summary>
    public string Type { get; private set; } = "";

    /// <summary>What it happened to: <c>order</c>, <c>product</c>, <c>user</c>.</summary>
    public string AggregateType { get; private set; } = "";

    /// <summary>What it happened to.</summary>
    public long AggregateId { get; private set; }

    /// <summary>Counts the events of the aggregate, from 1 and without a gap.</summary>
    public long Sequence { get; private set; }

    /// <summary>What receivers get to know, as a JSON object.</summary>
    public string Data { get; private set; } = "";

    /// <summary>When it happened, UTC.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>One for each consumer that wants it; none when nobody does.</summary>
    public IReadOnlyList<OutboxDelivery> Deliveries => _deliveries;

    /// <summary>An event that happened now.</summary>
    /// <param name="type">What happened.</param>
    /// <param name="aggregateType">What it happened to.</param>
    /// <param name="aggregateId">What it happened to.</param>
    /// <param name="sequence">Its place among the aggregate's events, from 1.</param>
    /// <param name="data">A JSON object.</param>
    /// <param name="now">The present, UTC.</param>
    /// <param name="consumers">Who wants it.</param>
    public static OutboxEvent Of(
        string type, string aggregateType, long aggregateId, long sequence, string data, DateTimeOffset now, IEnumerable<string> consumers)
    {
        var stored = new OutboxEvent
        {
            EventId = Guid.CreateVersion7(),
            Type = type,
            AggregateType = aggregateType,
            AggregateId = aggregateId,
            Sequence = sequence,
            Data = data,
            CreatedAt = now,
        };
        stored._deliveries.AddRange(consumers.Select(consumer => new OutboxDelivery(stored, consumer)));
        return stored;
    }
}
