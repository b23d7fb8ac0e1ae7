namespace Shop.Domain.Carts;

/// <summary>Whose cart it is: a known person's, or a guest's who holds a token.</summary>
public sealed record CartHolder
{
    private CartHolder()
    {
    }

    /// <summary>The person; null for a guest.</summary>
    public long? UserId { get; private init; }

    /// <summary>SHA-256 of the guest's token; null for a known person.</summary>
    public byte[]? TokenHash { get; private init; }

    /// <summary>A known person.</summary>
    /// <param name="userId">The person.</param>
    public static CartHolder User(long userId) => new() { UserId = userId };

    /// <summary>A guest.</summary>
    /// <param name="tokenHash">SHA-256 of the token that the guest holds.</param>
    public static CartHolder Guest(byte[] tokenHash) => new() { TokenHash = tokenHash };
}
