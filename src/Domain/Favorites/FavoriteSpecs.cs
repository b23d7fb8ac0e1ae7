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

    /// <summary>What a user likes, whether the catalog still has it or not.</summary>
    /// <param name="userId">The user.</param>
    public static Specification<Favorite> OfUser(long userId) => new(query => query.Where(favorite => favorite.UserId == userId));

    /// <summary>A user's favorite, while its product is in the catalog.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="productId">The product.</param>
    public static Specification<Favorite> InCatalog(long userId, long productId) =>
        new(query => query.Where(favorite =>
            favorite.UserId == userId && favorite.ProductId == productId && favorite.Product!.DeletedAt == null));

    /// <summary>A user's favorite, whether its product is in the catalog or not.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="productId">The product.</param>
    public static Specification<Favorite> Of(long userId, long productId) =>
        new(query => query.Where(favorite => favorite.UserId == userId && favorite.ProductId == productId));
}
