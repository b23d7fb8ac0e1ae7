namespace Shop.Domain.Common;

/// <summary>The root of what is changed together: loaded, locked and versioned as one.</summary>
public abstract class AggregateRoot
{
    private readonly List<DomainEvent> _events = [];

    /// <summary>The key; given by the database's sequence when the aggregate is added.</summary>
    public long Id { get; private set; }

    /// <summary>Counts the edits, from 1; the part of the <c>ETag</c> that <c>If-Match</c> is compared with.</summary>
    public long Version { get; private set; } = 1;

    /// <summary>When it came into being, UTC.</summary>
    public DateTimeOffset CreatedAt { get; protected set; }

    /// <summary>When it was last edited, UTC.</summary>
    public DateTimeOffset UpdatedAt { get; protected set; }

    /// <summary>What happened to it since it was loaded or last saved, oldest first.</summary>
    public IReadOnlyList<DomainEvent> Events => _events;

    /// <summary>Hands over what happened, once: it is stored in the transaction of its effect.</summary>
    public IReadOnlyList<DomainEvent> TakeEvents()
    {
        DomainEvent[] taken = [.. _events];
        _events.Clear();
        return taken;
    }

    /// <summary>Notes what happened; called by the method that lets it happen, once its effect is there.</summary>
    /// <param name="happened">What happened, as it stands then.</param>
    protected void Raise(DomainEvent happened) => _events.Add(happened);

    /// <summary>Notes what happened in place of an earlier event of the same kind: several changes at once are one edit.</summary>
    /// <param name="happened">What happened, as it stands now.</param>
    protected void RaiseOnce(DomainEvent happened)
    {
        _events.RemoveAll(earlier => earlier.Type == happened.Type);
        Raise(happened);
    }
}
