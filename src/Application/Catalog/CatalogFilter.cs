using FluentValidation;
using Shop.Application.Common;
using Shop.Domain.Catalog;

namespace Shop.Application.Catalog;

/// <summary>Which part of the catalog is asked for; what is null narrows nothing.</summary>
public abstract record CatalogFilter
{
    /// <summary>The longest text that can be searched.</summary>
    public const int MaxSearchLength = 200;

    /// <summary>Every word must occur in name, SKU or description.</summary>
    public string? Search { get; init; }

    /// <summary>In this category or below it.</summary>
    public long? CategoryId { get; init; }

    /// <summary>In the category of this name or below it.</summary>
    public string? Category { get; init; }

    /// <summary>Listed by this user.</summary>
    public long? SellerId { get; init; }

    /// <summary>At least this price.</summary>
    public decimal? MinPrice { get; init; }

    /// <summary>At most this price.</summary>
    public decimal? MaxPrice { get; init; }

    /// <summary>Rated at least so well, 0 to 5.</summary>
    public decimal? MinRating { get; init; }

    /// <summary>True: can be ordered now. False: sold out.</summary>
    public bool? InStock { get; init; }

    /// <summary>The words that are searched; null where all is shown.</summary>
    public string? SearchedText => string.IsNullOrWhiteSpace(Search) ? null : Search;
}

internal sealed class CatalogFilterRules : AbstractValidator<CatalogFilter>
{
    public CatalogFilterRules()
    {
        RuleFor(query => query.Search).Text(CatalogFilter.MaxSearchLength);
        RuleFor(query => query.Category).Text(Category.MaxNameLength);
        RuleFor(query => query.MinPrice).Money();
        RuleFor(query => query.MaxPrice).Money();
        RuleFor(query => query.MinRating).InclusiveBetween(0, 5).WithMessage("Give a number from 0 to 5.");
    }
}
