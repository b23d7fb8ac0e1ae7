using Shop.Domain.Common;

namespace Shop.Domain.Favorites;

/// <summary>The queries over favorites.</summary>
public static class FavoriteSpecs
{
    /// <summary>What a user likes and can still be bought, newest first.</summary>
    /// <param name="userId">The user.</param>
    public static Specification<Favorite> Of(long userId) =>
        new(query => query
            .Where(favorite => favorite.UserId == userId && favorite.Product!.DeletedAt == null)
            .OrderByDescending(favorite => favorite.CreatedAt)
            .OrderByDescending(favorite => favorite.Id));

    /// <summary>Whether a user likes a product.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="productId">The product.</param>
    public static Specification<Favorite> Of(long userId, long productId) =>
        new(query => query.Where(favorite => favorite.UserId == userId && favorite.ProductId == productId));
}
