namespace Shop.Application.Abstractions;

/// <summary>Hands mails to the outside.</summary>
public interface IMailer
{
    /// <summary>Hands one mail over. When it returns, somebody else has taken on to deliver it.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MailNotSentException">Nobody took it; it may be tried again.</exception>
    Task SendAsync(OutgoingMail mail, CancellationToken cancellationToken);
}

/// <summary>A mail to one person, in plain text and in HTML.</summary>
/// <param name="Id">The left part of its Message-ID: the same at every attempt, so that a receiver can drop a repeat. Letters, digits, dots.</param>
/// <param name="To">An e-mail address.</param>
/// <param name="Subject">One line of text.</param>
/// <param name="Text">For readers that show no HTML.</param>
/// <param name="Html">For all others.</param>
public sealed record OutgoingMail(string Id, string To, string Subject, string Text, string Html);

/// <summary>A mail was not taken.</summary>
public sealed class MailNotSentException : Exception
{
    /// <summary>A mail that was not taken.</summary>
    /// <param name="message">Why, and what to do; without the mail's address or text.</param>
    public MailNotSentException(string message)
        : base(message)
    {
    }
}
