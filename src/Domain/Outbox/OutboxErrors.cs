using Shop.Domain.Common;

namespace Shop.Domain.Outbox;

/// <summary>What the outbox refuses.</summary>
public static class OutboxErrors
{
    /// <summary>No such event, or one that was purged.</summary>
    public static Error NotFound => new(ErrorKind.NotFound, "outbox_event_not_found", "There is no such event; finished ones are kept for a while only.");

    /// <summary>Only what was given up is sent again.</summary>
    public static Error NotDead =>
        new(ErrorKind.Conflict, "outbox_event_not_dead", "The event is done or still waiting; only one that is dead can be sent again.");
}
