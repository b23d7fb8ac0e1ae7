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
public sealed record ListProducts : CatalogFilter, IPagedQuery<ProductAnswer>
{
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

    /// <summary>The order that <see cref="Sort"/> names.</summary>
    public ProductSort SortOrder => Sorts[Sort ?? "newest"];

    /// <summary><c>newest</c> unless said, or <c>price</c>, <c>-price</c>, <c>name</c>, <c>rating</c>, <c>popular</c>, <c>relevance</c> (which needs a search).</summary>
    public string? Sort { get; init; }
}

internal sealed class ListProductsRules : AbstractValidator<ListProducts>
{
    public ListProductsRules()
    {
        Include(new CatalogFilterRules());
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
