using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Shop.Infrastructure.Caching;

namespace Shop.Infrastructure.Identity;

/// <summary>
/// Which sign-in an access token names, of tokens that were read before: reading one anew with each request is a twentieth of what an order costs.
/// Tokens are known by their SHA-256 alone. Whether the sign-in still holds is another question, which is asked each time; a data protection key that is
/// revoked counts for known tokens when their hour is over, or with the next start.
/// </summary>
internal sealed class KnownTokens
{
    private const int MaxKnown = 10_000;

    private readonly BoundedMap<TokenHash, Known> _known = new(MaxKnown);

    /// <summary>The session that a token names; null when it is not known, or over.</summary>
    /// <param name="header">What the request says in <c>Authorization</c>.</param>
    /// <param name="now">The present, UTC.</param>
    public long? Find(string header, DateTimeOffset now) =>
        _known.TryGet(TokenHash.Of(header), out var known) && now < known.ExpiresAt ? known.SessionId : null;

    /// <summary>Takes note of a token that was read and is good.</summary>
    /// <param name="header">What the request says in <c>Authorization</c>.</param>
    /// <param name="sessionId">The session that it names.</param>
    /// <param name="expiresAt">From when on it is over, UTC.</param>
    public void Note(string header, long sessionId, DateTimeOffset expiresAt) => _known.Set(TokenHash.Of(header), new Known(sessionId, expiresAt));

    private sealed record Known(long SessionId, DateTimeOffset ExpiresAt);

    private readonly record struct TokenHash(UInt128 First, UInt128 Second)
    {
        public static TokenHash Of(string header)
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(MemoryMarshal.AsBytes(header.AsSpan()), hash);
            return MemoryMarshal.Read<TokenHash>(hash);
        }
    }
}
