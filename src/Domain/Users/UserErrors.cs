using Shop.Domain.Common;

namespace Shop.Domain.Users;

/// <summary>What users and sign-in are refused for.</summary>
public static class UserErrors
{
    /// <summary>Nobody of that id, or not for the caller's eyes.</summary>
    public static Error NotFound => new(ErrorKind.NotFound, "user_not_found", "There is no such user.");

    /// <summary>The input refers to a user that does not exist.</summary>
    public static Error Unknown => Error.InvalidField("user_id", "user_unknown", "There is no user of this id.");

    /// <summary>The username is taken.</summary>
    public static Error UsernameTaken => new(ErrorKind.Conflict, "username_taken", "This username is taken; choose another.");

    /// <summary>The e-mail address is taken.</summary>
    public static Error EmailTaken =>
        new(ErrorKind.Conflict, "email_taken", "An account with this e-mail address exists; sign in or choose another.");

    /// <summary>Wrong name or password; never says which.</summary>
    public static Error WrongCredentials =>
        new(ErrorKind.Unauthenticated, "wrong_credentials", "The login or the password is wrong.");

    /// <summary>The current password given with a new one is wrong.</summary>
    public static Error WrongPassword =>
        Error.InvalidField("current_password", "wrong_password", "This is not the current password.");

    /// <summary>Too many wrong passwords, for this account or from this address.</summary>
    public static Error TooManyAttempts =>
        new(ErrorKind.TooMany, "too_many_attempts", "Too many wrong passwords; 'Retry-After' says in how many seconds to try again.");

    /// <summary>Whether a refusal says that a password was wrong.</summary>
    /// <param name="error">The refusal.</param>
    public static bool IsWrongPassword(Error error) => error.Code == WrongCredentials.Code || error.Code == WrongPassword.Code;

    /// <summary>The refresh token is unknown, expired, revoked, or was used before.</summary>
    public static Error BadRefreshToken =>
        new(ErrorKind.Unauthenticated, "refresh_token_invalid", "The refresh token is not valid any more; sign in again.");

    /// <summary>The token of a mail is unknown, expired, used or ended, or belongs to an address that is no longer the user's; never says which.</summary>
    public static Error BadMailedToken =>
        Error.InvalidField("token", "token_invalid", "The token is not valid any more: it works once and for a while only; ask for a new mail.");

    /// <summary>Too many mails asked for from one address of the network.</summary>
    public static Error TooManyMails =>
        new(ErrorKind.TooMany, "too_many_mails", "Too many mails were asked for; 'Retry-After' says in how many seconds to try again.");

    /// <summary>No access token, or one that no longer holds.</summary>
    public static Error NotSignedIn =>
        new(ErrorKind.Unauthenticated, "unauthenticated", "Sign in, and send the access token as 'Authorization: Bearer <token>'.");

    /// <summary>The route is an admin's.</summary>
    public static Error AdminOnly => new(ErrorKind.Forbidden, "admin_only", "Only an admin may do this.");

    /// <summary>Nobody would be left to administrate the shop.</summary>
    public static Error LastAdmin =>
        new(ErrorKind.Conflict, "last_admin", "This is the last admin; make somebody else an admin first.");
}
