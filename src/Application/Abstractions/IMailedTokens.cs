using Shop.Domain.Users;

namespace Shop.Application.Abstractions;

/// <summary>Tokens that come by e-mail and work once: whoever sends one back reads the mailbox. Known by their hash alone.</summary>
public interface IMailedTokens
{
    /// <summary>Makes a token for the address that the user has now, and ends those that earlier mails of this purpose told.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="purpose">What it is good for.</param>
    /// <param name="eventId">What it is mailed for. A mail that is sent again for the same event does not end the first one's token.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The token and its address; null when the user is gone or has no address.</returns>
    Task<MailedToken?> IssueAsync(long userId, MailedTokenPurpose purpose, Guid eventId, CancellationToken cancellationToken);

    /// <summary>Whose token this is, whether it is still good or not.</summary>
    /// <param name="token">What came back.</param>
    /// <param name="purpose">What for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<long?> FindUserAsync(string token, MailedTokenPurpose purpose, CancellationToken cancellationToken);

    /// <summary>Uses a token up, inside the unit of work; of several who try at once, one does.</summary>
    /// <param name="token">What came back.</param>
    /// <param name="purpose">What for.</param>
    /// <param name="email">The user's address of today: a token for an earlier one is not good.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it was good.</returns>
    Task<bool> UseAsync(string token, MailedTokenPurpose purpose, string email, CancellationToken cancellationToken);

    /// <summary>Ends all tokens of a user, inside the unit of work.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task EndAllAsync(long userId, CancellationToken cancellationToken);
}

/// <summary>A token to be mailed.</summary>
/// <param name="Token">43 letters, digits, <c>-</c> and <c>_</c>.</param>
/// <param name="Email">The address that it proves.</param>
public sealed record MailedToken(string Token, string Email);
