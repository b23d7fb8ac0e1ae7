using Shop.Domain.Common;

namespace Shop.Application.Abstractions;

/// <summary>How a user proves to be who they are. Passwords never leave it.</summary>
public interface IAccounts
{
    /// <summary>Opens the account of a user who has just been added; without a password nobody can sign in to it.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="password">A valid password, or null.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task OpenAsync(long userId, string? password, CancellationToken cancellationToken);

    /// <summary>Checks a password in the same time whether the user exists or not.</summary>
    /// <param name="userId">The user, or null for an unknown one.</param>
    /// <param name="password">What was given.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A stamp of the password that was checked, for <see cref="HasStampAsync"/>; null when it is wrong.</returns>
    Task<string?> CheckPasswordAsync(long? userId, string password, CancellationToken cancellationToken);

    /// <summary>Whether the password is still the one that was checked; the caller has locked the user since.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="stamp">What the check answered with.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<bool> HasStampAsync(long userId, string stamp, CancellationToken cancellationToken);

    /// <summary>Sets a new password.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="password">A valid password.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task SetPasswordAsync(long userId, string password, CancellationToken cancellationToken);

    /// <summary>Notes that somebody has proved to read the user's mailbox.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task ConfirmEmailAsync(long userId, CancellationToken cancellationToken);

    /// <summary>Notes that the user has another address, which nobody has proved yet.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task ForgetConfirmationAsync(long userId, CancellationToken cancellationToken);

    /// <summary>Removes the account and every trace of its sign-ins.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task CloseAsync(long userId, CancellationToken cancellationToken);
}

/// <summary>Sign-ins: each is a family of refresh tokens, of which only the newest is good.</summary>
public interface ISessions
{
    /// <summary>Signs a user in.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<TokenPair> OpenAsync(long userId, CancellationToken cancellationToken);

    /// <summary>Trades a refresh token for a new pair. One that was used before ends its family at once; both are committed here.</summary>
    /// <param name="refreshToken">What the client holds.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<Result<TokenPair>> RefreshAsync(string refreshToken, CancellationToken cancellationToken);

    /// <summary>Signs out the family of a refresh token; an unknown one is ignored.</summary>
    /// <param name="refreshToken">What the client holds.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task EndAsync(string refreshToken, CancellationToken cancellationToken);

    /// <summary>Signs a user out everywhere, access tokens included.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task EndAllAsync(long userId, CancellationToken cancellationToken);
}

/// <summary>What a client gets when it signs in.</summary>
/// <param name="TokenType">Always <c>Bearer</c>.</param>
/// <param name="AccessToken">For the <c>Authorization</c> header.</param>
/// <param name="ExpiresIn">Seconds until the access token ends.</param>
/// <param name="RefreshToken">Good once, for 30 days, to get the next pair.</param>
public sealed record TokenPair(string TokenType, string AccessToken, int ExpiresIn, string RefreshToken);
