using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Application.Common.Mapping;
using Shop.Domain.Catalog;
using Shop.Domain.Common;

namespace Shop.Application.Catalog;

/// <summary>
/// How many products the filters find in each category, price band and rating, for the choices beside a list. At most 10,000 products are
/// looked at, however large the catalog: where one filter alone (a category with a price counts as one) leaves no more, every count is exact;
/// else <c>capped</c> is true and every count says "at least".
/// </summary>
[Access(Who.Anyone)]
public sealed record GetProductFacets : CatalogFilter, IQuery<ProductFacetsAnswer>
{
    /// <summary>The most products that are looked at.</summary>
    public const int MostLookedAt = 10_000;

    /// <summary>The most categories in an answer.</summary>
    public const int MostCategories = 100;
}

/// <summary>What the filters find, counted. What nothing falls into is left out.</summary>
public sealed record ProductFacetsAnswer
{
    /// <summary>Products that the filters find.</summary>
    public required int Count { get; init; }

    /// <summary>Whether there was more than is looked at; then there are at least as many products as each count says.</summary>
    public required bool Capped { get; init; }

    /// <summary>The currency of the prices, ISO 4217.</summary>
    public string Currency { get; init; } = ShopCurrency.Code;

    /// <summary>The categories of what is found and those above them, the 100 with most products at most, the fullest first. A category is never listed without the one above it.</summary>
    public required IReadOnlyList<CategoryFacet> Categories { get; init; }

    /// <summary>The price bands of what is found, the cheapest first. They begin at 0, 1, 2, 5, 10, 20, 50 and so on in the shop's currency.</summary>
    public required IReadOnlyList<PriceFacet> Prices { get; init; }

    /// <summary>The ratings of what is found, the best first. Products without reviews are in none.</summary>
    public required IReadOnlyList<RatingFacet> Ratings { get; init; }
}

/// <summary>A category and what is found in it.</summary>
/// <param name="Id">The category's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="ParentId">The category above; null at the top.</param>
/// <param name="Count">Products found in it and below it, as <c>category_id</c> finds them.</param>
public sealed record CategoryFacet(long Id, string Name, long? ParentId, int Count);

/// <summary>A price band and what is found in it.</summary>
/// <param name="From">Its lowest price, for <c>min_price</c>.</param>
/// <param name="To">Its highest price, for <c>max_price</c>.</param>
/// <param name="Count">Products found in it.</param>
public sealed record PriceFacet(decimal From, decimal To, int Count);

/// <summary>A rating and what is found of it.</summary>
/// <param name="MinRating">4, 3, 2 or 1, for <c>min_rating</c>.</param>
/// <param name="Count">Products found that are rated at least so well.</param>
public sealed record RatingFacet(int MinRating, int Count);

/// <summary>What is counted of a product.</summary>
public sealed record FacetedProduct
{
    /// <summary>Its category.</summary>
    public required long? CategoryId { get; init; }

    /// <summary>Price of one unit.</summary>
    public required decimal Price { get; init; }

    /// <summary>Mean rating; 0 without reviews.</summary>
    public required decimal Rating { get; init; }

    private sealed class Projection : AnswerProfile
    {
        public Projection() => CreateMap<Product, FacetedProduct>().ConvertUsing(product => new FacetedProduct
        {
            CategoryId = product.CategoryId,
            Price = product.Price,
            Rating = product.Rating,
        });
    }
}

internal sealed class GetProductFacetsRules : AbstractValidator<GetProductFacets>
{
    public GetProductFacetsRules() => Include(new CatalogFilterRules());
}

internal sealed class GetProductFacetsHandler(ICatalogReads catalog, IRepository<Category> categories)
    : IRequestHandler<GetProductFacets, Result<ProductFacetsAnswer>>
{
    private static readonly int[] Ratings = [4, 3, 2, 1];

    public async Task<Result<ProductFacetsAnswer>> Handle(GetProductFacets query, CancellationToken cancellationToken)
    {
        var (found, isAll) = await catalog.LookAsync(query, GetProductFacets.MostLookedAt, cancellationToken);
        return new ProductFacetsAnswer
        {
            Count = found.Count,
            Capped = !isAll,
            Categories = await CategoriesAsync(found, cancellationToken),
            Prices = [.. found.CountBy(product => PriceBand.NumberOf(product.Price)).OrderBy(band => band.Key)
                .Select(band => new PriceFacet(PriceBand.All[band.Key].From, PriceBand.All[band.Key].To, band.Value))],
            Ratings = [.. Ratings.Select(rating => new RatingFacet(rating, found.Count(product => product.Rating >= rating)))
                .Where(rating => rating.Count > 0)],
        };
    }

    private async Task<IReadOnlyList<CategoryFacet>> CategoriesAsync(IReadOnlyList<FacetedProduct> found, CancellationToken cancellationToken)
    {
        var products = found.Where(product => product.CategoryId is not null).CountBy(product => product.CategoryId!.Value).ToDictionary();
        var known = await WithAllAboveAsync([.. products.Keys], cancellationToken);
        var counts = new Dictionary<long, int>();
        foreach (var (category, count) in products)
        {
            for (var next = known.GetValueOrDefault(category); next is not null; next = next.ParentId is { } above ? known.GetValueOrDefault(above) : null)
            {
                counts[next.Id] = counts.GetValueOrDefault(next.Id) + count;
            }
        }

        return [.. counts.Select(count => (Category: known[count.Key], Count: count.Value, Depth: Depth(known, count.Key)))
            .OrderByDescending(each => each.Count).ThenBy(each => each.Depth).ThenBy(each => each.Category.Id)
            .Take(GetProductFacets.MostCategories)
            .Select(each => new CategoryFacet(each.Category.Id, each.Category.Name, each.Category.ParentId, each.Count))];
    }

    /// <summary>A step up the tree a time, which is <see cref="Category.MaxDepth"/> deep at most; a category that has just gone is left out.</summary>
    private async Task<Dictionary<long, CategoryAnswer>> WithAllAboveAsync(long[] ids, CancellationToken cancellationToken)
    {
        var known = new Dictionary<long, CategoryAnswer>();
        for (var depth = 0; ids.Length > 0 && depth < Category.MaxDepth; depth++)
        {
            var step = await categories.ListAsync<CategoryAnswer>(CategorySpecs.ByIds(ids), cancellationToken);
            foreach (var category in step)
            {
                known[category.Id] = category;
            }

            ids = [.. step.Select(category => category.ParentId).OfType<long>().Where(id => !known.ContainsKey(id)).Distinct()];
        }

        return known;
    }

    private static int Depth(Dictionary<long, CategoryAnswer> known, long id)
    {
        var depth = 0;
        for (var next = known[id]; next.ParentId is { } above && known.TryGetValue(above, out next); depth++)
        {
        }

        return depth;
    }
}

/// <summary>A band of prices, whole to the cent, so that its ends can be given as filters.</summary>
/// <param name="From">The lowest price.</param>
/// <param name="To">The highest price.</param>
internal readonly record struct PriceBand(decimal From, decimal To)
{
    private const decimal Cent = 0.01m;

    /// <summary>The bands of all amounts of money, the cheapest first: the preferred numbers 1, 2, 5, 10, which fit any catalog.</summary>
    public static IReadOnlyList<PriceBand> All { get; } = [.. Build()];

    /// <summary>The number of a price's band.</summary>
    /// <param name="price">An amount of money.</param>
    public static int NumberOf(decimal price)
    {
        var number = 0;
        while (price > All[number].To)
        {
            number++;
        }

        return number;
    }

    private static IEnumerable<PriceBand> Build()
    {
        var from = 0m;
        for (var decade = 1m; decade < Money.MaxAmount; decade *= 10)
        {
            foreach (var step in (decimal[])[1, 2, 5])
            {
                yield return new PriceBand(from, (step * decade) - Cent);
                from = step * decade;
            }
        }

        yield return new PriceBand(from, Money.MaxAmount);
    }
}
