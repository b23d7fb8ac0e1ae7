using Shop.Application.Catalog;
using Shop.Application.Common.Mapping;
using Shop.Domain.Favorites;

namespace Shop.Application.Favorites;

/// <summary>A product that the caller likes.</summary>
public sealed record FavoriteAnswer
{
    /// <summary>What is liked.</summary>
    public required long ProductId { get; init; }

    /// <summary>The same, as the catalog shows it.</summary>
    public required ProductAnswer Product { get; init; }

    /// <summary>Since when, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    private sealed class Projection : AnswerProfile
    {
        public Projection() => CreateMap<Favorite, FavoriteAnswer>();
    }
}
