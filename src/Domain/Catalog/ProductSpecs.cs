using System.Linq.Expressions;
using Shop.Domain.Common;

namespace Shop.Domain.Catalog;

/// <summary>The queries over products.</summary>
public static class ProductSpecs
{
    /// <summary>The product of that id, while it is in the catalog.</summary>
    /// <param name="id">The product's id.</param>
    public static Specification<Product> ById(long id) =>
        new(query => query.Where(product => product.Id == id && product.DeletedAt == null));

    /// <summary>The products of these ids, whether still in the catalog or not.</summary>
    /// <param name="ids">The products' ids.</param>
    public static Specification<Product> ByIds(IReadOnlyCollection<long> ids) =>
        new(query => query.Where(product => ids.Contains(product.Id)).OrderBy(product => product.Id));

    /// <summary>The products of these ids that are in the catalog.</summary>
    /// <param name="ids">The products' ids.</param>
    public static Specification<Product> OnSale(IReadOnlyCollection<long> ids) =>
        new(query => query.Where(product => ids.Contains(product.Id) && product.DeletedAt == null));

    /// <summary>All products that are in the catalog.</summary>
    public static Specification<Product> OnSale() => new(query => query.Where(product => product.DeletedAt == null));

    /// <summary>The products of these ids that can be bought now.</summary>
    /// <param name="ids">The products' ids.</param>
    public static Specification<Product> InStock(IReadOnlyCollection<long> ids) =>
        new(query => query.Where(product => ids.Contains(product.Id) && product.DeletedAt == null && product.Stock > 0));

    /// <summary>All products that can be bought now.</summary>
    public static Specification<Product> InStock() => new(query => query.Where(product => product.DeletedAt == null && product.Stock > 0));

    /// <summary>What can be bought now, most sold first, then newest.</summary>
    /// <param name="except">Ids of products to leave out.</param>
    /// <param name="count">How many at most.</param>
    public static Specification<Product> PopularInStock(IReadOnlyCollection<long> except, int count) =>
        new(query => MostSold(query.Where(product => product.DeletedAt == null && product.Stock > 0), except, count));

    /// <summary>The products of the catalog that stand in a category itself, most sold first, then newest.</summary>
    /// <param name="categoryId">The category.</param>
    /// <param name="except">Ids of products to leave out.</param>
    /// <param name="count">How many at most.</param>
    public static Specification<Product> PopularInCategory(long categoryId, IReadOnlyCollection<long> except, int count) =>
        new(query => MostSold(query.Where(product => product.CategoryId == categoryId && product.DeletedAt == null), except, count));

    /// <summary>The products of the catalog that a search finds, most sold first, then newest.</summary>
    /// <param name="matches">Whether the search finds a product.</param>
    /// <param name="except">Ids of products to leave out.</param>
    /// <param name="count">How many at most.</param>
    public static Specification<Product> PopularMatching(
        Expression<Func<Product, bool>> matches, IReadOnlyCollection<long> except, int count) =>
        new(query => MostSold(query.Where(product => product.DeletedAt == null).Where(matches), except, count));

    /// <summary>The products of these SKUs that are in the catalog, newest first.</summary>
    /// <param name="skus">Stock keeping units, in any case.</param>
    public static Specification<Product> BySkus(IReadOnlyCollection<string> skus) =>
        new(query => query
            .Where(product => skus.Contains(product.Sku) && product.DeletedAt == null)
            .OrderByDescending(product => product.CreatedAt)
            .OrderByDescending(product => product.Id));

    /// <summary>The next products of the catalog after one, in the order of their ids.</summary>
    /// <param name="id">The product before; 0 to begin.</param>
    /// <param name="count">How many at most.</param>
    public static Specification<Product> InCatalogAfter(long id, int count) =>
        new(query => query.Where(product => product.Id > id && product.DeletedAt == null).OrderBy(product => product.Id).Take(count));

    /// <summary>The products of the catalog that stand in a category itself.</summary>
    /// <param name="categoryId">The category.</param>
    public static Specification<Product> InCategory(long categoryId) =>
        new(query => query.Where(product => product.CategoryId == categoryId && product.DeletedAt == null));

    /// <summary>The catalog, filtered and sorted.</summary>
    /// <param name="filter">What to show.</param>
    /// <param name="sort">In which order.</param>
    public static Specification<Product> Search(ProductFilter filter, ProductSort sort) =>
        new(query =>
        {
            Narrow(query, filter);
            Sort(query, filter, sort);
        });

    /// <summary>What of the catalog a filter finds, newest first.</summary>
    /// <param name="filter">What to find.</param>
    /// <param name="count">How many at most.</param>
    public static Specification<Product> Found(ProductFilter filter, int count) =>
        new(query =>
        {
            Narrow(query, filter);
            Sort(query, filter, ProductSort.Newest);
            query.Take(count);
        });

    private static void Narrow(SpecificationBuilder<Product> query, ProductFilter filter)
    {
        query.Where(product => product.DeletedAt == null)
            .Where(filter.Matches is not null, filter.Matches!)
            .Where(filter.SellerId is not null, product => product.SellerId == filter.SellerId)
            .Where(filter.MinRating is not null, product => product.ReviewCount > 0 && product.Rating >= filter.MinRating)
            .Where(filter.InStock == true, product => product.Stock > 0)
            .Where(filter.InStock == false, product => product.Stock == 0);
        if (filter.CategoryIds is { Count: 1 } single)
        {
            var category = single.First();
            query.Where(product => product.CategoryId == category);
        }
        else if (filter.CategoryIds is { } categories)
        {
            query.Where(product => product.CategoryId != null && categories.Contains(product.CategoryId.Value));
        }

        if (filter.MinPrice is { } minPrice)
        {
            query.Where(product => product.Price >= minPrice);
        }

        if (filter.MaxPrice is { } maxPrice)
        {
            query.Where(product => product.Price <= maxPrice);
        }
    }

    private static void MostSold(SpecificationBuilder<Product> query, IReadOnlyCollection<long> except, int count) =>
        query.Where(product => !except.Contains(product.Id))
            .OrderByDescending(product => product.UnitsSold)
            .OrderByDescending(product => product.Id)
            .Take(count);

    private static void Sort(SpecificationBuilder<Product> query, ProductFilter filter, ProductSort sort) => _ = sort switch
    {
        ProductSort.Price => query.OrderBy(product => product.Price).OrderBy(product => product.Id),
        ProductSort.PriceDescending => query.OrderByDescending(product => product.Price).OrderByDescending(product => product.Id),
        ProductSort.Name => query.OrderBy(product => product.Name).OrderBy(product => product.Id),
        ProductSort.Rating => query
            .OrderByDescending(product => product.Rating)
            .OrderByDescending(product => product.ReviewCount)
            .OrderByDescending(product => product.Id),
        ProductSort.Popular => query.OrderByDescending(product => product.UnitsSold).OrderByDescending(product => product.Id),
        ProductSort.Relevance => query
            .OrderByDescending(filter.Relevance!)
            .OrderByDescending(product => product.CreatedAt)
            .OrderByDescending(product => product.Id),
        _ => query.OrderByDescending(product => product.CreatedAt).OrderByDescending(product => product.Id),
    };
}

/// <summary>What of the catalog to show; null means any.</summary>
public sealed record ProductFilter
{
    /// <summary>Whether the searched text finds a product; made by the database's text search.</summary>
    public Expression<Func<Product, bool>>? Matches { get; init; }

    /// <summary>How well the searched text fits; larger is better.</summary>
    public Expression<Func<Product, int>>? Relevance { get; init; }

    /// <summary>In any of these categories.</summary>
    public IReadOnlyCollection<long>? CategoryIds { get; init; }

    /// <summary>Listed by this user.</summary>
    public long? SellerId { get; init; }

    /// <summary>At least this price.</summary>
    public Money? MinPrice { get; init; }

    /// <summary>At most this price.</summary>
    public Money? MaxPrice { get; init; }

    /// <summary>Rated at least so well; unrated products don't count.</summary>
    public decimal? MinRating { get; init; }

    /// <summary>True: can be ordered now. False: sold out.</summary>
    public bool? InStock { get; init; }
}

/// <summary>The orders in which the catalog can be shown.</summary>
public enum ProductSort
{
    /// <summary>Newest first.</summary>
    Newest,

    /// <summary>Cheapest first.</summary>
    Price,

    /// <summary>Dearest first.</summary>
    PriceDescending,

    /// <summary>By name.</summary>
    Name,

    /// <summary>Best rated first.</summary>
    Rating,

    /// <summary>Most sold first.</summary>
    Popular,

    /// <summary>Best match of the searched text first, the newest first within.</summary>
    Relevance,
}
