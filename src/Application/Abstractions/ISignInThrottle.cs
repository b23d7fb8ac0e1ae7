using Shop.Domain.Common;

namespace Shop.Application.Abstractions;

/// <summary>
/// Counts wrong passwords by account and by the caller's address, for known and unknown accounts alike, and refuses further guesses
/// for a while when there were too many.
/// </summary>
public interface ISignInThrottle
{
    /// <summary>The refusal when there were too many failures; null when a guess is free.</summary>
    /// <param name="account">Whose password is guessed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<Error?> RefusalAsync(string account, CancellationToken cancellationToken);

    /// <summary>Counts a wrong password at once, outside any unit of work.</summary>
    /// <param name="account">Whose password was guessed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task CountFailureAsync(string account, CancellationToken cancellationToken);

    /// <summary>Forgets the failures of an account whose password was right.</summary>
    /// <param name="account">Whose password it was.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task ForgetAsync(string account, CancellationToken cancellationToken);
}
