using Shop.Domain.Common;

namespace Shop.Domain.Users;

/// <summary>
/// Somebody, maybe a stranger, asked for a mail to an address, which may be nobody's. It is written down the same way for every address,
/// without a look at who is registered: only the mailbox's owner learns whether there is an account.
/// </summary>
public sealed class AccountRequest : AggregateRoot
{
    private AccountRequest()
    {
    }

    /// <summary>What the mail is to be good for.</summary>
    public MailedTokenPurpose Purpose { get; private set; }

    /// <summary>The address as it was given.</summary>
    public string Email { get; private set; } = "";

    /// <summary>Asks for a mail.</summary>
    /// <param name="purpose">What for.</param>
    /// <param name="email">A valid e-mail address.</param>
    /// <param name="now">The present, UTC.</param>
    public static AccountRequest Make(MailedTokenPurpose purpose, string email, DateTimeOffset now)
    {
        var request = new AccountRequest { Purpose = purpose, Email = email, CreatedAt = now, UpdatedAt = now };
        request.Raise(purpose == MailedTokenPurpose.Reset ? new PasswordResetRequested(now) : new ConfirmationRequested(now));
        return request;
    }
}

/// <summary>What a token that is sent by e-mail is good for.</summary>
public enum MailedTokenPurpose
{
    /// <summary>Proves that an e-mail address is the user's.</summary>
    Confirm,

    /// <summary>Sets a new password.</summary>
    Reset,
}

/// <summary>Somebody asked for a mail that lets them set a new password. Its id is the request's: whether there is such a user, it does not tell.</summary>
/// <param name="OccurredAt">When, UTC.</param>
public sealed record PasswordResetRequested(DateTimeOffset OccurredAt) : DomainEvent(OccurredAt)
{
    /// <inheritdoc cref="DomainEvent.Type" />
    public const string TypeName = "account.password_reset_requested";

    /// <inheritdoc />
    public override string Type => TypeName;
}

/// <summary>Somebody asked for another mail that confirms an address. Its id is the request's.</summary>
/// <param name="OccurredAt">When, UTC.</param>
public sealed record ConfirmationRequested(DateTimeOffset OccurredAt) : DomainEvent(OccurredAt)
{
    /// <inheritdoc cref="DomainEvent.Type" />
    public const string TypeName = "account.confirmation_requested";

    /// <inheritdoc />
    public override string Type => TypeName;
}
