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

    /// <summary>The answer that was given under a key in the last 24 hours.</summary>
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
public sealed record KeptAnswer(byte[] RequestHash, int Status, string? ContentType, string? Location, string? ETag, byte[] Body);
