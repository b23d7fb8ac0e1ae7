namespace Shop.Infrastructure.Persistence;

/// <summary>An answer that was given under an idempotency key, which is known by its hash alone.</summary>
internal sealed class IdempotencyKey
{
    public required long UserId { get; init; }

    public required byte[] KeyHash { get; init; }

    public required byte[] RequestHash { get; init; }

    public required int Status { get; init; }

    public required string? ContentType { get; init; }

    public required string? Location { get; init; }

    public required string? ETag { get; init; }

    public required byte[] Body { get; init; }

    /// <summary>From when on the key counts as unused, UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
