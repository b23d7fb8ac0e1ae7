namespace Shop.Infrastructure.Mail;

/// <summary>What became of a mail that an event asks for. It tells no address and no text, and goes when its event is forgotten.</summary>
internal sealed class LoggedMail
{
    public const int MaxKindLength = 50;
    public const int MaxReasonLength = 50;

    public required Guid EventId { get; init; }

    /// <summary>Which mail: the name of its templates.</summary>
    public required string Kind { get; init; }

    /// <summary>To whom; null when that is nobody.</summary>
    public long? UserId { get; set; }

    public MailStatus Status { get; set; }

    /// <summary>Why it was skipped, snake_case; null for all others.</summary>
    public string? Reason { get; set; }

    /// <summary>How often it was tried to send it.</summary>
    public int Attempts { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the mail server took it, UTC.</summary>
    public DateTimeOffset? SentAt { get; set; }
}

/// <summary>Where a mail stands.</summary>
internal enum MailStatus
{
    /// <summary>An attempt has begun; it failed, or it is not known how it ended.</summary>
    Sending,

    /// <summary>The mail server has taken it.</summary>
    Sent,

    /// <summary>There was nobody to send it to, or no need.</summary>
    Skipped,
}
