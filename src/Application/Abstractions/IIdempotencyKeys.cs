namespace Shop.Application.Abstractions;

/// <summary>Answers that were given under a caller's idempotency key, kept for 24 hours. Works inside the unit of work, so an answer is kept with its effect or not at all.</summary>
public interface IIdempotencyKeys
{
    /// <summary>Claims a key until the unit of work ends.</summary>
    /// <param name="userId">Whose key.</param>
    /// <param name="key">The key, 1 to 255 visible characters.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False while another request holds it.</returns>
    Task<bool> TryClaimAsync(long userId, string key, CancellationToken cancellationToken);

    /// <summary>The answer that was given under a key in the last 24 hours, or that is under way.</summary>
    /// <param name="userId">Whose key.</param>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<KeptAnswer?> FindAsync(long userId, string key, CancellationToken cancellationToken);

    /// <summary>Keeps an answer under a key that is claimed and unused.</summary>
    /// <param name="userId">Whose key.</param>
    /// <param name="key">The key.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task KeepAsync(long userId, string key, KeptAnswer answer, CancellationToken cancellationToken);

    /// <summary>Takes a claimed and unanswered key for work of several transactions, for the length of a lease; who comes after a lease has run out takes the work over.</summary>
    /// <param name="userId">Whose key.</param>
    /// <param name="key">The key.</param>
    /// <param name="requestHash">SHA-256 of method, path, query and raw body of the request.</param>
    /// <param name="known">What was found under the key in the same unit of work: nothing, or an answer that is under way.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<LeasedKey> LeaseAsync(long userId, string key, byte[] requestHash, KeptAnswer? known, CancellationToken cancellationToken);

    /// <summary>
    /// Ends a lease: with the answer; or without one, and then the work is taken over by whoever comes next, or forgotten. A key that was answered or
    /// forgotten meanwhile, by whoever took the work over, stays as it is. One statement, outside any unit of work.
    /// </summary>
    /// <param name="userId">Whose key.</param>
    /// <param name="key">The key.</param>
    /// <param name="claim">What the work knows itself by.</param>
    /// <param name="answer">The answer to keep, or null.</param>
    /// <param name="forget">Whether, without an answer, the key is unused again.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task EndLeaseAsync(long userId, string key, string claim, KeptAnswer? answer, bool forget, CancellationToken cancellationToken);

    /// <summary>Removes some keys that have ended, once a minute at most; outside the unit of work, so that nobody waits for it.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    Task PurgeAsync(CancellationToken cancellationToken);
}

/// <summary>An answer as it went over the wire.</summary>
/// <param name="RequestHash">SHA-256 of method, path, query and raw body of the request.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">What the body is.</param>
/// <param name="Location">Where what was made can be found.</param>
/// <param name="ETag">Its version then.</param>
/// <param name="Body">The raw body.</param>
/// <param name="Claim">What the work of several transactions knows itself by that answers; null for work of one.</param>
public sealed record KeptAnswer(byte[] RequestHash, int Status, string? ContentType, string? Location, string? ETag, byte[] Body, string? Claim = null)
{
    /// <summary>Whether there is no answer yet: the key is leased, see <see cref="IIdempotencyKeys.LeaseAsync"/>.</summary>
    public bool IsInFlight => Status == 0;
}

/// <summary>A key that is in use for work of several transactions.</summary>
/// <param name="Claim">What the work knows itself by, the same whoever does it; 32 characters, unique.</param>
/// <param name="IsTaken">Whether the lease is the caller's now; false while somebody else is at work.</param>
public sealed record LeasedKey(string Claim, bool IsTaken);
