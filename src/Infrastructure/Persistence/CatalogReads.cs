using Shop.Application.Abstractions;
using Shop.Application.Catalog;
using Shop.Application.Common.Paging;
using Shop.Domain.Catalog;
using Shop.Domain.Common;

namespace Shop.Infrastructure.Persistence;

/// <summary>Reads the catalog by its specifications: the way of a database that has no shorter one, and the measure of those that have.</summary>
internal sealed class CatalogReads(IRepository<Product> products, ICategoryTree categories, ITextSearch text) : ICatalogReads
{
    public Task<ProductAnswer?> FindAsync(long id, CancellationToken cancellationToken) =>
        products.GetAsync<ProductAnswer>(ProductSpecs.ById(id), cancellationToken);

    public async Task<Result<Page<ProductAnswer>>> ListAsync(ListProducts query, CancellationToken cancellationToken)
    {
        var filter = await FilterAsync(query, cancellationToken);
        return await products.GetPageAsync<ProductAnswer>(ProductSpecs.Search(filter, query.SortOrder), query.Page, cancellationToken);
    }

    public async Task<CatalogLook> LookAsync(GetProductFacets query, int atMost, CancellationToken cancellationToken)
    {
        var filter = await FilterAsync(query, cancellationToken);
        var found = await products.ListAsync<FacetedProduct>(ProductSpecs.Found(filter, atMost + 1), cancellationToken);
        return new CatalogLook([.. found.Take(atMost)], IsAll: found.Count <= atMost);
    }

    private async Task<ProductFilter> FilterAsync(CatalogFilter query, CancellationToken cancellationToken) => new()
    {
        Matches = query.SearchedText is { } searched ? text.Products(searched) : null,
        Relevance = query.SearchedText is { } ranked ? text.Relevance(ranked) : null,
        CategoryIds = await categories.ReachAsync(query.CategoryId, query.Category, cancellationToken),
        SellerId = query.SellerId,
        MinPrice = query.MinPrice is { } min ? Money.From(min) : null,
        MaxPrice = query.MaxPrice is { } max ? Money.From(max) : null,
        MinRating = query.MinRating,
        InStock = query.InStock,
    };
}
