using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Catalog;
using Shop.Application.Common;
using Shop.Application.Common.Paging;
using Shop.Domain.Catalog;
using Shop.Domain.Common;

namespace Shop.Application.Recommendations;

/// <summary>
/// Products like one, of those in the catalog: what the same people buy, and what is alike by name and category. One that is too new to be
/// known has those of its category, the most popular first, and those that share a word of its name. What can be bought now comes first.
/// </summary>
/// <param name="Id">The product.</param>
/// <param name="Limit">How many at most, 1 to 100.</param>
[Access(Who.Anyone)]
public sealed record ListSimilarProducts(long Id, int Limit) : IQuery<Best<ProductAnswer>>;

internal sealed class ListSimilarProductsRules : AbstractValidator<ListSimilarProducts>
{
    public ListSimilarProductsRules() => RuleFor(query => query.Limit).InclusiveBetween(1, PageRequest.MaxLimit);
}

internal sealed class ListSimilarProductsHandler(IRecommender recommender, ProductPicks picks, IRepository<Product> products, ITextSearch text)
    : IRequestHandler<ListSimilarProducts, Result<Best<ProductAnswer>>>
{
    private const int MaxWords = 3;
    private const int MinWordLength = 3;

    public async Task<Result<Best<ProductAnswer>>> Handle(ListSimilarProducts query, CancellationToken cancellationToken)
    {
        if (await products.GetAsync<ProductAnswer>(ProductSpecs.ById(query.Id), cancellationToken) is not { } product)
        {
            return ProductErrors.NotFound;
        }

        var similar = await picks.InCatalogAsync(await recommender.RankSimilarAsync(query.Id, cancellationToken), query.Limit, cancellationToken);
        if (similar.Count == 0)
        {
            similar = await NeighboursAsync(product, query.Limit, cancellationToken);
        }

        return new Best<ProductAnswer>([.. similar.OrderByDescending(each => each.Stock > 0)]);
    }

    private async Task<List<ProductAnswer>> NeighboursAsync(ProductAnswer product, int limit, CancellationToken cancellationToken)
    {
        var neighbours = new List<ProductAnswer>(limit);
        if (product.CategoryId is { } category)
        {
            neighbours.AddRange(await products.ListAsync<ProductAnswer>(ProductSpecs.PopularInCategory(category, [product.Id], limit), cancellationToken));
        }

        var words = product.Name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.Length >= MinWordLength)
            .OrderByDescending(word => word.Length)
            .Take(MaxWords);
        foreach (var word in words)
        {
            if (neighbours.Count == limit)
            {
                break;
            }

            long[] except = [product.Id, .. neighbours.Select(each => each.Id)];
            neighbours.AddRange(await products.ListAsync<ProductAnswer>(
                ProductSpecs.PopularMatching(text.SomeProducts(word), except, limit - neighbours.Count), cancellationToken));
        }

        return neighbours;
    }
}
