namespace Shop.Domain.Common;

/// <summary>The root of what is changed together: loaded, locked and versioned as one.</summary>
public abstract class AggregateRoot
{
    /// <summary>The key; given by the database's sequence when the aggregate is added.</summary>
    public long Id { get; private set; }

    /// <summary>Counts the edits, from 1; the part of the <c>ETag</c> that <c>If-Match</c> is compared with.</summary>
    public long Version { get; private set; } = 1;

    /// <summary>When it came into being, UTC.</summary>
    public DateTimeOffset CreatedAt { get; protected set; }

    /// <summary>When it was last edited, UTC.</summary>
    public DateTimeOffset UpdatedAt { get; protected set; }
}
