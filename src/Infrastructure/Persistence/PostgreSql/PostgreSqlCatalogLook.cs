using Npgsql;
using Shop.Application.Abstractions;
using Shop.Application.Catalog;
using Shop.Domain.Catalog;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>
/// Looks at a bounded part of the catalog. Each filter that an index holds together is a way in: by the one that leaves fewest products no
/// more than these are read, and of more than may be looked at only the first. A limit on what is found alone would bound nothing: filters
/// that find nothing would read all.
/// </summary>
/// <param name="query">What to find.</param>
/// <param name="reach">In any of these categories; null for all.</param>
/// <param name="search">What the searched words are known to be; null where none is searched.</param>
/// <param name="atMost">How many products are looked at.</param>
internal sealed class PostgreSqlCatalogLook(GetProductFacets query, IReadOnlyCollection<long>? reach, PostgreSqlSearch? search, int atMost)
{
    /// <summary>Of more categories with too many products, the rest is left out: each costs a search of its own.</summary>
    private const int MostCategories = 5 * GetProductFacets.MostCategories;

    private static readonly GetProductFacets All = new();
    private static readonly Part Everything = new(All, null);

    public async Task<CatalogLook> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (reach is { Count: 0 } || search is { IsHopeless: true })
        {
            return new CatalogLook([], IsAll: true);
        }

        Way[] ways = [.. Ways()];
        var (way, leaves) = search?.Rarest is { } rarest ? (ways[0], await CountListedAsync(rarest, connection, cancellationToken))
            : ways is [{ Narrow.Reach: null or { Count: 1 } }] ? (ways[0], 0)
            : await NarrowestAsync(ways, connection, cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(PostgreSqlPlans.Begin));
        batch.BatchCommands.Add(way.Narrow.Reach is { Count: > 1 } categories && leaves > atMost ? LookIntoEach(way, categories) : Look(way));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(PostgreSqlPlans.End));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var found = new List<FacetedProduct>();
        var looked = 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            if (++looked <= atMost && reader.GetBoolean(0))
            {
                found.Add(new FacetedProduct
                {
                    CategoryId = reader.IsDBNull(1) ? null : reader.GetInt64(1),
                    Price = reader.GetDecimal(2),
                    Rating = reader.GetDecimal(3),
                });
            }
        }

        return new CatalogLook(found, IsAll: looked <= atMost && leaves <= atMost);
    }

    /// <summary>One at least. A search is the only way in where there is one: the lists of its rarest word, or the newest products.</summary>
    private IEnumerable<Way> Ways()
    {
        if (query.SearchedText is not null)
        {
            yield return new Way(Everything, new(query, reach), ProductSort.Newest);
            yield break;
        }

        var hasPrice = query.MinPrice is not null || query.MaxPrice is not null;
        if (reach is not null || hasPrice)
        {
            yield return new Way(
                new(All with { MinPrice = query.MinPrice, MaxPrice = query.MaxPrice }, reach),
                new(query with { MinPrice = null, MaxPrice = null }, null),
                hasPrice ? ProductSort.Price : ProductSort.Rating); // a category's index by rating holds all that is counted
        }

        if (query.SellerId is not null)
        {
            yield return new Way(new(All with { SellerId = query.SellerId }, null), new(query with { SellerId = null }, reach), ProductSort.Newest);
        }

        if (query.MinRating is not null)
        {
            yield return new Way(new(All with { MinRating = query.MinRating }, null), new(query with { MinRating = null }, reach), ProductSort.Rating);
        }

        if (reach is null && !hasPrice && query is { SellerId: null, MinRating: null })
        {
            yield return new Way(Everything, new(query, null), ProductSort.Newest);
        }
    }

    /// <summary>How many entries the lists of a word have, counted no further than matters.</summary>
    private async Task<long> CountListedAsync(PostgreSqlSearch.Term term, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"SELECT count(*) FROM ({Listed(firstParameter: 1)}) listed", connection);
        command.Parameters.Add(WordsOf(term));
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Products in the lists of words, some more than once.</summary>
    private string Listed(int firstParameter) =>
        $"SELECT listed.product_id FROM product_words listed WHERE listed.word = ANY(${firstParameter}) LIMIT {atMost + 1}";

    private static NpgsqlParameter<string[]> WordsOf(PostgreSqlSearch.Term term) => new() { TypedValue = [.. term.Words] };

    /// <summary>Counts no further than matters, in the indexes alone.</summary>
    private async Task<(Way Way, long Leaves)> NarrowestAsync(Way[] ways, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var way in ways)
        {
            var filter = way.Narrow.ToCondition();
            batch.BatchCommands.Add(filter.Command($"SELECT count(*) FROM (SELECT FROM products p WHERE {filter.Condition} LIMIT {atMost + 1}) p"));
        }

        var (narrowest, least) = (ways[0], long.MaxValue);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        foreach (var way in ways)
        {
            await reader.ReadAsync(cancellationToken);
            if (reader.GetInt64(0) < least)
            {
                (narrowest, least) = (way, reader.GetInt64(0));
            }

            await reader.NextResultAsync(cancellationToken);
        }

        return (narrowest, least);
    }

    /// <summary>The first products of a way, in the order of its index where it has one.</summary>
    private NpgsqlBatchCommand Look(Way way)
    {
        if (search?.Rarest is { } rarest)
        {
            var listed = new NpgsqlBatchCommand($"SELECT p.* FROM products p WHERE p.id IN ({Listed(firstParameter: 1)})");
            listed.Parameters.Add(WordsOf(rarest));
            return Try(way.Rest, listed);
        }

        var narrow = way.Narrow.ToCondition();
        var order = way is { Order: { } sort, Narrow.Reach: null or { Count: 1 } } ? $"ORDER BY {PostgreSqlCatalogSort.Of(sort).Order}" : "";
        var command = narrow.Command($"SELECT p.* FROM products p WHERE {narrow.Condition} {order} LIMIT {atMost + 1}");
        return Try(way.Rest, command);
    }

    /// <summary>The first products of each category alike, so that none of them hides the others.</summary>
    private NpgsqlBatchCommand LookIntoEach(Way way, IReadOnlyCollection<long> categories)
    {
        long[] some = [.. categories.Order().Take(MostCategories)];
        var narrow = (way.Narrow with { Reach = null }).ToCondition();
        var command = narrow.Command($"""
            SELECT p.* FROM unnest(${narrow.Parameters + 1}) c(id) CROSS JOIN LATERAL (
                SELECT * FROM products p WHERE p.category_id = c.id AND {narrow.Condition}
                ORDER BY {PostgreSqlCatalogSort.Of(way.Order!.Value).Order} LIMIT {atMost / some.Length}) p
            """);
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = some });
        return Try(way.Rest, command);
    }

    /// <summary>Each product that a statement looks at, and whether a filter finds it.</summary>
    private NpgsqlBatchCommand Try(Part part, NpgsqlBatchCommand look)
    {
        var filter = new PostgreSqlCatalogFilter(part.Filter, part.Reach, search: search, parametersBefore: look.Parameters.Count, isInCatalog: true);
        look.CommandText = $"SELECT {filter.Condition}, p.category_id, p.price, p.rating FROM ({look.CommandText}) p";
        filter.AddTo(look);
        return look;
    }

    /// <summary>Filters with their categories.</summary>
    private sealed record Part(GetProductFacets Filter, IReadOnlyCollection<long>? Reach)
    {
        public PostgreSqlCatalogFilter ToCondition() => new(Filter, Reach);
    }

    /// <summary>A way in.</summary>
    /// <param name="Narrow">What one index serves.</param>
    /// <param name="Rest">What each product is tried by.</param>
    /// <param name="Order">The order of the index.</param>
    private sealed record Way(Part Narrow, Part Rest, ProductSort? Order);
}
