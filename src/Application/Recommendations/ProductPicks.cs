using Shop.Application.Abstractions;
using Shop.Application.Catalog;
using Shop.Application.Common.Mapping;
using Shop.Domain.Catalog;
using Shop.Domain.Common;

namespace Shop.Application.Recommendations;

/// <summary>Takes the best of a ranking that may be shown, in a few queries however long the ranking is: what may be shown is the database's to say.</summary>
internal sealed class ProductPicks(IRepository<Product> products)
{
    /// <summary>So many candidates are asked for by id before all that may be shown are asked for.</summary>
    private const int SecondLook = 1_000;

    /// <summary>The best that are in the catalog and in stock.</summary>
    public Task<List<ProductAnswer>> InStockAsync(IEnumerable<long> ranked, int limit, CancellationToken cancellationToken) =>
        PickAsync(ranked, limit, ProductSpecs.InStock, ProductSpecs.InStock(), cancellationToken);

    /// <summary>The best that are in the catalog.</summary>
    public Task<List<ProductAnswer>> InCatalogAsync(IEnumerable<long> ranked, int limit, CancellationToken cancellationToken) =>
        PickAsync(ranked, limit, ProductSpecs.OnSale, ProductSpecs.OnSale(), cancellationToken);

    private async Task<List<ProductAnswer>> PickAsync(
        IEnumerable<long> ranked,
        int limit,
        Func<IReadOnlyCollection<long>, Specification<Product>> ofThese,
        Specification<Product> all,
        CancellationToken cancellationToken)
    {
        var picked = new List<ProductAnswer>(limit);
        using var candidates = ranked.GetEnumerator();
        foreach (var look in (int[])[2 * limit, SecondLook])
        {
            var ids = Next(candidates, look);
            picked.AddRange(await FetchAsync(ids, ofThese, limit - picked.Count, cancellationToken));
            if (picked.Count == limit || ids.Count < look)
            {
                return picked;
            }
        }

        var shown = await IdsAsync(all, cancellationToken);
        var rest = new List<long>();
        while (picked.Count + rest.Count < limit && candidates.MoveNext())
        {
            if (shown.Contains(candidates.Current))
            {
                rest.Add(candidates.Current);
            }
        }

        picked.AddRange(await FetchAsync(rest, ofThese, limit - picked.Count, cancellationToken));
        return picked;
    }

    private async Task<IEnumerable<ProductAnswer>> FetchAsync(
        List<long> ids, Func<IReadOnlyCollection<long>, Specification<Product>> ofThese, int limit, CancellationToken cancellationToken)
    {
        if (ids.Count > 2 * limit)
        {
            var shown = await IdsAsync(ofThese(ids), cancellationToken);
            ids = [.. ids.Where(shown.Contains).Take(limit)];
        }

        if (ids.Count == 0)
        {
            return [];
        }

        var answers = (await products.ListAsync<ProductAnswer>(ofThese(ids), cancellationToken)).ToDictionary(product => product.Id);
        return ids.Where(answers.ContainsKey).Take(limit).Select(id => answers[id]);
    }

    private async Task<HashSet<long>> IdsAsync(Specification<Product> specification, CancellationToken cancellationToken) =>
        [.. (await products.ListAsync<ProductId>(specification, cancellationToken)).Select(product => product.Id)];

    private static List<long> Next(IEnumerator<long> ids, int count)
    {
        var next = new List<long>(count);
        while (next.Count < count && ids.MoveNext())
        {
            next.Add(ids.Current);
        }

        return next;
    }

    /// <summary>Which product; all that is needed of most candidates.</summary>
    internal sealed record ProductId
    {
        public required long Id { get; init; }

        private sealed class Projection : AnswerProfile
        {
            public Projection() => CreateMap<Product, ProductId>().ConvertUsing(product => new ProductId { Id = product.Id });
        }
    }
}
