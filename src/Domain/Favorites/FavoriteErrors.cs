using Shop.Domain.Common;

namespace Shop.Domain.Favorites;

/// <summary>What favorites are refused for.</summary>
public static class FavoriteErrors
{
    /// <summary>The product is none of the user's favorites.</summary>
    public static Error NotFound => new(ErrorKind.NotFound, "favorite_not_found", "This product is none of your favorites.");
}
