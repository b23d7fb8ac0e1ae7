using Shop.Domain.Catalog;
using Shop.Domain.Common;

namespace Shop.Domain.Favorites;

/// <summary>A product that a user likes; once per user and product.</summary>
public sealed class Favorite : AggregateRoot
{
    private Favorite()
    {
    }

    /// <summary>Who likes it.</summary>
    public long UserId { get; private set; }

    /// <summary>What is liked.</summary>
    public long ProductId { get; private set; }

    /// <summary>What is liked.</summary>
    public Product? Product { get; private set; }

    /// <summary>A new favorite.</summary>
    /// <param name="userId">Who likes it.</param>
    /// <param name="productId">What is liked.</param>
    /// <param name="now">The present, UTC.</param>
    public static Favorite Of(long userId, long productId, DateTimeOffset now) =>
        new() { UserId = userId, ProductId = productId, CreatedAt = now, UpdatedAt = now };
}
