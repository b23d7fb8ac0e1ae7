using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Application.Abstractions;
using Shop.Application.Catalog;
using Shop.Application.Common.Paging;
using Shop.Domain.Catalog;
using Shop.Domain.Common;
using Shop.Infrastructure.Caching;
using Shop.Infrastructure.Persistence.Paging;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>
/// The catalog's reads, written by hand: making, comparing and translating the expressions of one page costs more than all the rest of its
/// way through the shop (bench/README.md), and a search reads lists of words that no specification knows (docs/adr/0013-search.md). A test
/// compares every answer with that of the specifications.
/// </summary>
internal sealed class PostgreSqlCatalogReads(
    ShopDbContext db, DatabaseAddress address, ICategoryTree categories, LeafCategories leaves, CursorProtector cursors) : ICatalogReads
{
    private const string Shown = """
        p.id, p.sku, p.name, p.description, p.price, c.name, p.category_id, p.image_url, p.stock, p.seller_id,
        CASE WHEN p.review_count > 0 THEN p.rating END, p.review_count, p.created_at, p.updated_at, p.version
        """;

    private const string WithCategory = "LEFT JOIN categories c ON c.id = p.category_id";

    private const string ById = $"SELECT {Shown} FROM products p {WithCategory} WHERE p.id = $1 AND p.deleted_at IS NULL";

    private const string Below = "SELECT id FROM categories WHERE parent_id = $1 LIMIT 1";

    private const int KeysBegin = 15;

    public Task<ProductAnswer?> FindAsync(long id, CancellationToken cancellationToken) =>
        ReadAsync(
            async connection =>
            {
                await using var command = new NpgsqlCommand(ById, connection);
                command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                return await reader.ReadAsync(cancellationToken) ? Product(reader) : null;
            },
            cancellationToken);

    public async Task<Result<Page<ProductAnswer>>> ListAsync(ListProducts query, CancellationToken cancellationToken)
    {
        var sort = PostgreSqlCatalogSort.Of(query.SortOrder);
        object[]? after = null;
        if (query.Page.Cursor is { } cursor && (after = cursors.Read(cursor, query.Page.Scope, sort.KeyTypes)) is null)
        {
            return CursorProtector.Invalid;
        }

        PostgreSqlSearch? search = null;
        if (query.SearchedText is { } text)
        {
            if (await SearchOneWordAsync(query, sort, after, cancellationToken) is { } found)
            {
                return found;
            }

            search = await ReadAsync(connection => PostgreSqlSearch.LookUpAsync(connection, text, cancellationToken), cancellationToken);
            if (search.IsHopeless)
            {
                return new Page<ProductAnswer>([], null, query.Page.Count ? 0 : null);
            }

            if (query.SortOrder == ProductSort.Relevance && (PostgreSqlCatalogSort.AreUnranked(after) || (after is null && search.Rarest is null)))
            {
                sort = PostgreSqlCatalogSort.Unranked;
            }
        }

        // Most categories have none below them: that one has any is asked in the same trip, and seldom costs a second one
        if (query is { CategoryId: { } id, Category: null })
        {
            var stamp = leaves.Stamp();
            var leaf = leaves.Has(id) ? Leaf.Is : Leaf.IfNoneIsBelow;
            if (await ReadAsync(connection => PageAsync(connection, query, search, sort, [id], leaf, after, cancellationToken), cancellationToken) is { } page)
            {
                leaves.Note(id, stamp);
                return page;
            }
        }

        var reach = await categories.ReachAsync(query.CategoryId, query.Category, cancellationToken);
        return (await ReadAsync(connection => PageAsync(connection, query, search, sort, reach, Leaf.IsNot, after, cancellationToken), cancellationToken))!;
    }

    public async Task<CatalogLook> LookAsync(GetProductFacets query, int atMost, CancellationToken cancellationToken)
    {
        var reach = await categories.ReachAsync(query.CategoryId, query.Category, cancellationToken);
        return await ReadAsync(
            async connection =>
            {
                var search = query.SearchedText is { } text ? await PostgreSqlSearch.LookUpAsync(connection, text, cancellationToken) : null;
                return await new PostgreSqlCatalogLook(query, reach, search, atMost).ReadAsync(connection, cancellationToken);
            },
            cancellationToken);
    }

    /// <returns>Null when there are categories below the one that was to have none.</returns>
    private async Task<Page<ProductAnswer>?> PageAsync(
        NpgsqlConnection connection,
        ListProducts query,
        PostgreSqlSearch? search,
        PostgreSqlCatalogSort sort,
        IReadOnlyCollection<long>? reach,
        Leaf leaf,
        object[]? after,
        CancellationToken cancellationToken)
    {
        var filter = new PostgreSqlCatalogFilter(query, reach, isLeaf: leaf != Leaf.IsNot, search);
        await using var batch = new NpgsqlBatch(connection);
        if (leaf == Leaf.IfNoneIsBelow)
        {
            var below = new NpgsqlBatchCommand(Below);
            below.Parameters.Add(new NpgsqlParameter<long> { TypedValue = reach!.Single() });
            batch.BatchCommands.Add(below);
        }

        var rarest = ReadsLists(query, search, filter, sort) ? search!.Rarest : null;
        var isPlannedAnew = filter.NeedsPlanOfItsOwn && (rarest is null || query.Page.Count);
        if (isPlannedAnew)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(PostgreSqlPlans.Begin));
        }

        if (rarest is null)
        {
            batch.BatchCommands.Add(List(query, filter, sort, after));
        }
        else
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(PostgreSqlPlans.BeginInOrder));
            batch.BatchCommands.Add(ListByWords(query, rarest, isOnlyWord: search!.Terms.Count == 1, filter, sort, after));
            batch.BatchCommands.Add(new NpgsqlBatchCommand(PostgreSqlPlans.EndInOrder));
        }

        if (query.Page.Count)
        {
            batch.BatchCommands.Add(Count(search, filter));
        }

        if (isPlannedAnew)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(PostgreSqlPlans.End));
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        if (leaf == Leaf.IfNoneIsBelow)
        {
            if (await reader.ReadAsync(cancellationToken))
            {
                return null;
            }

            await reader.NextResultAsync(cancellationToken);
        }

        var (items, next) = await ReadPageAsync(reader, query.Page, sort, cancellationToken);
        long? total = null;
        if (query.Page.Count && await reader.NextResultAsync(cancellationToken) && await reader.ReadAsync(cancellationToken))
        {
            total = reader.GetInt64(0);
        }

        return new Page<ProductAnswer>(items, next, total);
    }

    /// <summary>One row more than the page shows says whether there is a next one.</summary>
    private async Task<(List<ProductAnswer> Items, string? Next)> ReadPageAsync(
        NpgsqlDataReader reader, PageRequest page, PostgreSqlCatalogSort sort, CancellationToken cancellationToken)
    {
        var items = new List<ProductAnswer>(page.Limit);
        object[]? last = null;
        while (await reader.ReadAsync(cancellationToken))
        {
            if (items.Count == page.Limit)
            {
                return (items, cursors.Write(last!, page.Scope));
            }

            items.Add(Product(reader));
            last = items.Count == page.Limit ? sort.Keys(reader, KeysBegin) : null;
        }

        return (items, null);
    }

    /// <summary>The page of a search for one word and nothing else, in one trip.</summary>
    /// <returns>Null when it is another search, or the word is in none or too many of the dictionary's.</returns>
    private async Task<Page<ProductAnswer>?> SearchOneWordAsync(
        ListProducts query, PostgreSqlCatalogSort sort, object[]? after, CancellationToken cancellationToken)
    {
        var words = TextSearch.Words(query.SearchedText!).Take(2).ToArray();
        if (words.Length != 1 || query.Page.Count || query.SortOrder is not (ProductSort.Newest or ProductSort.Relevance) || PostgreSqlCatalogSort.AreUnranked(after)
            || query is not { CategoryId: null, Category: null, SellerId: null, MinPrice: null, MaxPrice: null, MinRating: null, InStock: null })
        {
            return null;
        }

        var sql = Listed(
            PostgreSqlWordLists.Page(
                query.SortOrder, PostgreSqlWordLists.Lookup("$1"), null, "search_rank(p.search_text, p.name, p.sku, $1)", isOnlyWord: true,
                query.Page.Limit + 1, After(query, after, firstParameter: 2)),
            sort);
        return await ReadAsync(
            async connection =>
            {
                var page = new NpgsqlBatchCommand(sql);
                page.Parameters.Add(new NpgsqlParameter<string> { TypedValue = words[0] });
                AddKeys(page.Parameters, after?[^2..]);
                await using var batch = new NpgsqlBatch(connection)
                {
                    BatchCommands = { new(PostgreSqlPlans.BeginInOrder), page, new(PostgreSqlPlans.EndInOrder) },
                };
                await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
                var (items, next) = await ReadPageAsync(reader, query.Page, sort, cancellationToken);
                return items.Count > 0 ? new Page<ProductAnswer>(items, next, null) : null;
            },
            cancellationToken);
    }

    /// <summary>Whether the page is read from lists of words: not where the few products of one are looked at, and not in orders that no list has.</summary>
    private static bool ReadsLists(ListProducts query, PostgreSqlSearch? search, PostgreSqlCatalogFilter filter, PostgreSqlCatalogSort sort) =>
        search is { IsFew: false, Rarest: not null } && sort != PostgreSqlCatalogSort.Unranked
        && (query.SortOrder == ProductSort.Relevance || (query.SortOrder == ProductSort.Newest && filter.IsSearchAlone));

    private static NpgsqlBatchCommand ListByWords(
        ListProducts query, PostgreSqlSearch.Term rarest, bool isOnlyWord, PostgreSqlCatalogFilter filter, PostgreSqlCatalogSort sort, object[]? after)
    {
        var words = $"SELECT unnest({filter.Add(rarest.Words.ToArray())}) AS word";
        var condition = isOnlyWord && filter.IsSearchAlone ? null : filter.Condition;
        var page = PostgreSqlWordLists.Page(
            query.SortOrder, words, condition, filter.Rank, isOnlyWord, query.Page.Limit + 1, After(query, after, filter.Parameters + 1));
        var command = filter.Command(Listed(page, sort));
        AddKeys(command.Parameters, after?[^2..]);
        return command;
    }

    /// <summary>The category is looked up for the rows that are shown alone.</summary>
    internal static NpgsqlBatchCommand List(ListProducts query, PostgreSqlCatalogFilter filter, PostgreSqlCatalogSort sort, object[]? after)
    {
        var condition = after is null ? filter.Condition : $"{filter.Condition} AND {sort.After(firstParameter: filter.Parameters + 1)}";
        var isRanked = query.SortOrder == ProductSort.Relevance && sort != PostgreSqlCatalogSort.Unranked;
        var products = isRanked ? $"(SELECT p.*, {filter.Rank} AS rank FROM products p)" : "products";
        var command = filter.Command($"""
            SELECT {Shown}, {sort.Columns}
            FROM (SELECT p.* FROM {products} p WHERE {condition} ORDER BY {sort.Order} LIMIT {query.Page.Limit + 1}) p
            {WithCategory} ORDER BY {sort.Order}
            """);
        AddKeys(command.Parameters, after);
        return command;
    }

    /// <summary>What the lists of the rarest word say alone, or narrow.</summary>
    private static NpgsqlBatchCommand Count(PostgreSqlSearch? search, PostgreSqlCatalogFilter filter)
    {
        if (search is not { IsFew: false, Rarest: { } rarest })
        {
            return filter.Command($"SELECT count(*) FROM products p WHERE {filter.Condition}");
        }

        var words = filter.Add(rarest.Words.ToArray());
        return filter.Command(search.Terms.Count == 1 && filter.IsSearchAlone
            ? $"SELECT count(DISTINCT listed.product_id) FROM product_words listed WHERE listed.word = ANY({words})"
            : $"""
                SELECT count(*) FROM products p
                WHERE {filter.Condition} AND p.id IN (SELECT listed.product_id FROM product_words listed WHERE listed.word = ANY({words}))
                """);
    }

    private static string Listed(string page, PostgreSqlCatalogSort sort) => $"""
        {page}
        SELECT {Shown}, {sort.Columns}
        FROM (SELECT p.*, listed.rank FROM listed JOIN products p ON p.id = listed.product_id) p
        {WithCategory} ORDER BY {sort.Order}
        """;

    /// <summary>Where the lists of words are read on: the last product's rank and the parameters of its time and id.</summary>
    private static (int Rank, string Time, string Id)? After(ListProducts query, object[]? after, int firstParameter) =>
        after is null ? null : (query.SortOrder == ProductSort.Relevance ? (int)after[0] : 0, $"${firstParameter}", $"${firstParameter + 1}");

    private static void AddKeys(NpgsqlParameterCollection parameters, object[]? keys)
    {
        foreach (var key in keys ?? [])
        {
            parameters.Add(new NpgsqlParameter { Value = key is Money money ? money.Amount : key });
        }
    }

    private static ProductAnswer Product(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Sku = row.GetString(1),
        Name = row.GetString(2),
        Description = row.IsDBNull(3) ? null : row.GetString(3),
        Price = row.GetDecimal(4),
        Category = row.IsDBNull(5) ? null : row.GetString(5),
        CategoryId = row.IsDBNull(6) ? null : row.GetInt64(6),
        ImageUrl = row.IsDBNull(7) ? null : row.GetString(7),
        Stock = row.GetInt32(8),
        SellerId = row.IsDBNull(9) ? null : row.GetInt64(9),
        Rating = row.IsDBNull(10) ? null : row.GetDecimal(10),
        ReviewCount = row.GetInt32(11),
        CreatedAt = row.GetDateTime(12),
        UpdatedAt = row.GetDateTime(13),
        Version = row.GetInt64(14),
    };

    /// <summary>On a connection that another read left broken, and when the server is just starting, it is tried again as every query is.</summary>
    private async Task<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await OnceAsync();
        }
        catch (NpgsqlException exception) when (exception.IsTransient)
        {
            return await db.Database.CreateExecutionStrategy().ExecuteAsync(OnceAsync);
        }

        async Task<T> OnceAsync()
        {
            await using var connection = new NpgsqlConnection(address.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            return await read(connection);
        }
    }

    /// <summary>Whether the one category that is asked for has none below it.</summary>
    private enum Leaf
    {
        IsNot,
        Is,
        IfNoneIsBelow,
    }
}
