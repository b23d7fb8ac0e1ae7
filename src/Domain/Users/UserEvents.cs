using Shop.Domain.Common;

namespace Shop.Domain.Users;

/// <summary>Somebody opened an account. Who they are is looked up by whom it concerns, since they may be erased by then.</summary>
/// <param name="OccurredAt">When, UTC.</param>
public sealed record UserRegistered(DateTimeOffset OccurredAt) : DomainEvent(OccurredAt)
{
    /// <inheritdoc cref="DomainEvent.Type" />
    public const string TypeName = "user.registered";

    /// <inheritdoc />
    public override string Type => TypeName;
}

/// <summary>Somebody gave another e-mail address, or took theirs away.</summary>
/// <param name="OccurredAt">When, UTC.</param>
public sealed record UserEmailChanged(DateTimeOffset OccurredAt) : DomainEvent(OccurredAt)
{
    /// <inheritdoc cref="DomainEvent.Type" />
    public const string TypeName = "user.email_changed";

    /// <inheritdoc />
    public override string Type => TypeName;
}
