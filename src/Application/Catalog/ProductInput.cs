using FluentValidation;
using Shop.Application.Common;
using Shop.Domain.Catalog;

namespace Shop.Application.Catalog;

/// <summary>What a product's seller writes; the shape that creating and replacing share.</summary>
public interface IProductInput
{
    /// <summary>What buyers read first; required, up to 300 characters.</summary>
    string? Name { get; }

    /// <summary>Price of one unit; required.</summary>
    decimal? Price { get; }

    /// <summary>Plain text, up to 10,000 characters.</summary>
    string? Description { get; }

    /// <summary>An http or https address.</summary>
    string? ImageUrl { get; }

    /// <summary>The name of a category; made if new.</summary>
    string? Category { get; }

    /// <summary>A category's id; wins over <see cref="Category"/>.</summary>
    long? CategoryId { get; }

    /// <summary>Stock keeping unit, up to 64 characters.</summary>
    string? Sku { get; }

    /// <summary>Units on hand.</summary>
    int? Stock { get; }
}

internal sealed class ProductInputRules : AbstractValidator<IProductInput>
{
    public ProductInputRules()
    {
        RuleFor(input => input.Name).RequiredText(Product.MaxNameLength);
        RuleFor(input => input.Price).NotNull().WithMessage("A price is required.").Money();
        RuleFor(input => input.Description).Text(Product.MaxDescriptionLength);
        RuleFor(input => input.ImageUrl).HttpUrl(Product.MaxImageUrlLength);
        RuleFor(input => input.Category).Text(Domain.Catalog.Category.MaxNameLength);
        RuleFor(input => input.Sku).Text(Product.MaxSkuLength);
        RuleFor(input => input.Stock)
            .InclusiveBetween(0, Product.MaxStock)
            .WithMessage($"Give a whole number from 0 to {Product.MaxStock}.");
    }
}
