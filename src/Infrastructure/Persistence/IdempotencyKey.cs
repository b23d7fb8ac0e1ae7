namespace Shop.Infrastructure.Persistence;

/// <summary>An answer that was given under an idempotency key, which is known by its hash alone.</summary>
internal sealed class IdempotencyKey
{
    public const int InFlight = 0;

    public required long UserId { get; init; }

    public required byte[] KeyHash { get; init; }

    public required byte[] RequestHash { get; init; }

    /// <summary>The HTTP status of the answer; <see cref="InFlight"/> while there is none.</summary>
    public required int Status { get; init; }

    public required string? ContentType { get; init; }

    public required string? Location { get; init; }

    public required string? ETag { get; init; }

    public required byte[] Body { get; init; }

    /// <summary>What the work under the key knows itself by, for work of several transactions.</summary>
    public string? Claim { get; init; }

    /// <summary>Until when somebody is at that work, UTC.</summary>
    public DateTimeOffset? LeasedUntil { get; init; }

    /// <summary>From when on the key counts as unused, UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
