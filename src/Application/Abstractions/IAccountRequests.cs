using Shop.Domain.Common;
using Shop.Domain.Users;

namespace Shop.Application.Abstractions;

/// <summary>Takes down what anybody asks to be mailed.</summary>
public interface IAccountRequests
{
    /// <summary>
    /// Writes a request down in a unit of work of its own; the mail follows from it. Too many for one mailbox are dropped without a word,
    /// whether it is known or not; too many of one caller are refused.
    /// </summary>
    /// <param name="purpose">What for.</param>
    /// <param name="email">A valid e-mail address, known or not.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<Result> MakeAsync(MailedTokenPurpose purpose, string email, CancellationToken cancellationToken);
}
