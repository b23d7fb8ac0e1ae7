namespace Shop.Domain.AuditLog;

/// <summary>Who changed what, from where. Entries are added and never changed, which the database enforces.</summary>
public sealed class AuditEntry
{
    /// <summary>The longest network address.</summary>
    public const int MaxAddressLength = 64;

    /// <summary>The longest name of a use case.</summary>
    public const int MaxActionLength = 100;

    /// <summary>The longest kind of subject.</summary>
    public const int MaxSubjectTypeLength = 50;

    /// <summary>What the shop does by itself is called so.</summary>
    public const string System = "system";

    private AuditEntry()
    {
    }

    /// <summary>The key; it grows.</summary>
    public long Id { get; private set; }

    /// <summary>When, UTC.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>Who did it; null for the shop itself. It stays when the user is erased.</summary>
    public long? UserId { get; private set; }

    /// <summary>The network address that the request came from; null where there was none.</summary>
    public string? Address { get; private set; }

    /// <summary>The use case, such as <c>update_product</c>, or <see cref="System"/>.</summary>
    public string Action { get; private set; } = "";

    /// <summary>What was changed, such as <c>product</c>.</summary>
    public string SubjectType { get; private set; } = "";

    /// <summary>Which of them; null where it is not one.</summary>
    public long? SubjectId { get; private set; }

    /// <summary>
    /// A JSON object: for each field that changed what was before and what is now, as an array of two; null in place of the array for what
    /// is personal or secret, which is not written down.
    /// </summary>
    public string Changes { get; private set; } = "{}";

    /// <summary>An entry.</summary>
    /// <param name="actor">Who did what.</param>
    /// <param name="subjectType">What was changed.</param>
    /// <param name="subjectId">Which of them.</param>
    /// <param name="changes">A JSON object of the fields.</param>
    /// <param name="at">When, UTC.</param>
    public static AuditEntry Of(AuditActor actor, string subjectType, long? subjectId, string changes, DateTimeOffset at) => new()
    {
        At = at,
        UserId = actor.UserId,
        Address = actor.Address,
        Action = actor.Action,
        SubjectType = subjectType,
        SubjectId = subjectId,
        Changes = changes,
    };
}

/// <summary>Who did what, from where.</summary>
/// <param name="UserId">Who; null for the shop itself.</param>
/// <param name="Address">From where; null where there was no request.</param>
/// <param name="Action">The use case.</param>
public sealed record AuditActor(long? UserId, string? Address, string Action);
