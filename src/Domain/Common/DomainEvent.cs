namespace Shop.Domain.Common;

/// <summary>
/// Something that happened to an aggregate, as others may learn of it. Its own properties become the event's data, under their
/// snake_case names; the aggregate's id comes first, and the shop's currency beside any amount. It tells no names, addresses or secrets.
/// </summary>
/// <param name="OccurredAt">When, UTC.</param>
public abstract record DomainEvent(DateTimeOffset OccurredAt)
{
    /// <summary>Its name on the wire, which never changes: <c>order.placed</c>.</summary>
    public abstract string Type { get; }
}
