using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Application.Common.Paging;
using Shop.Domain.Catalog;
using Shop.Domain.Common;

namespace Shop.Application.Catalog;

/// <summary>The catalog: searched, filtered, sorted, page by page.</summary>
[Access(Who.Anyone)]
public sealed record ListProducts : IPagedQuery<ProductAnswer>
{
    /// <summary>The longest text that can be searched.</summary>
    public const int MaxSearchLength = 200;

    /// <summary>The sort orders by their name in the query string.</summary>
    public static readonly IReadOnlyDictionary<string, ProductSort> Sorts = new Dictionary<string, ProductSort>
    {
        ["newest"] = ProductSort.Newest,
        ["price"] = ProductSort.Price,
        ["-price"] = ProductSort.PriceDescending,
        ["name"] = ProductSort.Name,
        ["rating"] = ProductSort.Rating,
        ["popular"] = ProductSort.Popular,
        ["relevance"] = ProductSort.Relevance,
    };

    /// <inheritdoc />
    public required PageRequest Page { get; init; }

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

    /// <summary>The order that <see cref="Sort"/> names.</summary>
    public ProductSort SortOrder => Sorts[Sort ?? "newest"];

    /// <summary><c>newest</c> unless said, or <c>price</c>, <c>-price</c>, <c>name</c>, <c>rating</c>, <c>popular</c>, <c>relevance</c> (which needs a search).</summary>
    public string? Sort { get; init; }
}

internal sealed class ListProductsRules : AbstractValidator<ListProducts>
{
    public ListProductsRules()
    {
        RuleFor(query => query.Search).Text(ListProducts.MaxSearchLength);
        RuleFor(query => query.Category).Text(Category.MaxNameLength);
        RuleFor(query => query.MinPrice).Money();
        RuleFor(query => query.MaxPrice).Money();
        RuleFor(query => query.MinRating).InclusiveBetween(0, 5).WithMessage("Give a number from 0 to 5.");
        RuleFor(query => query.Sort)
            .Must(sort => sort is null || ListProducts.Sorts.ContainsKey(sort))
            .WithMessage($"Give one of {string.Join(", ", ListProducts.Sorts.Keys)}.")
            .Must((query, sort) => sort != "relevance" || !string.IsNullOrWhiteSpace(query.Search))
            .WithMessage("Sorting by relevance needs a search.");
    }
}

internal sealed class ListProductsHandler(ICatalogReads catalog) : IRequestHandler<ListProducts, Result<Page<ProductAnswer>>>
{
    public Task<Result<Page<ProductAnswer>>> Handle(ListProducts query, CancellationToken cancellationToken) =>
        catalog.ListAsync(query, cancellationToken);
}
