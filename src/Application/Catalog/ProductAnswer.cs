using System.Text.Json.Serialization;
using Shop.Application.Common;
using Shop.Application.Common.Mapping;
using Shop.Domain.Catalog;

namespace Shop.Application.Catalog;

/// <summary>A product as clients see it.</summary>
public record ProductAnswer : IVersioned
{
    /// <summary>The product's id.</summary>
    public required long Id { get; init; }

    /// <summary>Stock keeping unit, unique without regard to case.</summary>
    public required string Sku { get; init; }

    /// <summary>What buyers read first.</summary>
    public required string Name { get; init; }

    /// <summary>Plain text.</summary>
    public required string? Description { get; init; }

    /// <summary>Price of one unit.</summary>
    public required decimal Price { get; init; }

    /// <summary>The shop's currency, ISO 4217.</summary>
    public string Currency { get; init; } = ShopCurrency.Code;

    /// <summary>The name of its category.</summary>
    public required string? Category { get; init; }

    /// <summary>Its category.</summary>
    public required long? CategoryId { get; init; }

    /// <summary>A picture of it.</summary>
    public required string? ImageUrl { get; init; }

    /// <summary>Units that can be ordered now.</summary>
    public required int Stock { get; init; }

    /// <summary>The user who listed it; null for the shop's own.</summary>
    public required long? SellerId { get; init; }

    /// <summary>Mean rating, 1 to 5, two decimals; null without reviews.</summary>
    public required decimal? Rating { get; init; }

    /// <summary>Number of reviews.</summary>
    public required int ReviewCount { get; init; }

    /// <summary>When it was listed, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last edited, UTC.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Counts the edits.</summary>
    [JsonIgnore]
    public long Version { get; init; }

    [JsonIgnore]
    string IVersioned.VersionTag => VersionTag.Of(Version, Stock);

    private sealed class Projection : AnswerProfile
    {
        public Projection() => CreateMap<Product, ProductAnswer>().ConvertUsing(product => new ProductAnswer
        {
            Id = product.Id,
            Sku = product.Sku,
            Name = product.Name,
            Description = product.Description,
            Price = product.Price,
            Category = product.Category!.Name,
            CategoryId = product.CategoryId,
            ImageUrl = product.ImageUrl,
            Stock = product.Stock,
            SellerId = product.SellerId,
            Rating = product.ReviewCount == 0 ? null : product.Rating,
            ReviewCount = product.ReviewCount,
            CreatedAt = product.CreatedAt,
            UpdatedAt = product.UpdatedAt,
            Version = product.Version,
        });
    }
}
