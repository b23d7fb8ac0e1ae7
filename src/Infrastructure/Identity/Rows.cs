using Microsoft.AspNetCore.Identity;
using Shop.Domain.Users;

namespace Shop.Infrastructure.Identity;

/// <summary>A user's credentials. The person, username and e-mail address included, is the domain's <c>User</c> of the same key.</summary>
internal sealed class ShopUser : IdentityUser<long>;

/// <summary>A sign-in: a family of refresh tokens and the access tokens made with them.</summary>
internal sealed class Session
{
    public long Id { get; private set; }

    public required long UserId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the newest refresh token ends, UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; set; }

    /// <summary>When the family was ended, UTC; null while it holds.</summary>
    public DateTimeOffset? RevokedAt { get; set; }
}

/// <summary>A refresh token, known by its hash alone; good once.</summary>
internal sealed class RefreshToken
{
    public long Id { get; private set; }

    public long SessionId { get; init; }

    public Session? Session { get; init; }

    public required byte[] TokenHash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; set; }
}

/// <summary>A token that was sent by e-mail, known by its hash alone; good once, and for the address that it was sent to.</summary>
internal sealed class MailedTokenRow
{
    public long Id { get; private set; }

    public required long UserId { get; init; }

    public required MailedTokenPurpose Purpose { get; init; }

    public required byte[] TokenHash { get; init; }

    public required string Email { get; init; }

    /// <summary>What it was mailed for.</summary>
    public required Guid EventId { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; init; }
}

/// <summary>Wrong passwords, or mails that were asked for, within one window; whose or from where is known by its hash alone.</summary>
internal sealed class SignInFailures
{
    public required byte[] KeyHash { get; init; }

    public required int Failures { get; init; }

    /// <summary>When they are forgotten, UTC.</summary>
    public required DateTimeOffset EndsAt { get; init; }
}

/// <summary>A key that protects tokens and cursors, on every node alike.</summary>
internal sealed class DataProtectionKey
{
    public long Id { get; private set; }

    public required string FriendlyName { get; init; }

    public required string Xml { get; init; }
}
