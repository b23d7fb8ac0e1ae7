using Npgsql;
using Shop.Application.Catalog;
using Shop.Domain.Catalog;
using Shop.Domain.Common;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>The statements of the catalog's reads, and what their rows say.</summary>
internal static class PostgreSqlCatalogStatements
{
    /// <summary>One product; $1 is its id.</summary>
    public const string ById = $"SELECT {Shown} FROM products p {WithCategory} WHERE p.id = $1 AND p.deleted_at IS NULL";

    /// <summary>Whether a category has any below it; $1 is its id.</summary>
    public const string Below = "SELECT id FROM categories WHERE parent_id = $1 LIMIT 1";

    /// <summary>The first column after those of the product.</summary>
    public const int KeysBegin = 15;

    private const string Shown = """
        p.id, p.sku, p.name, p.description, p.price, c.name, p.category_id, p.image_url, p.stock, p.seller_id,
        CASE WHEN p.review_count > 0 THEN p.rating END, p.review_count, p.created_at, p.updated_at, p.version
        """;

    private const string WithCategory = "LEFT JOIN categories c ON c.id = p.category_id";

    /// <summary>The product that a row shows.</summary>
    public static ProductAnswer Product(NpgsqlDataReader row) => new()
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

    /// <summary>A page, by the products' indexes. The category is looked up for the rows that are shown alone.</summary>
    public static NpgsqlBatchCommand List(ListProducts query, PostgreSqlCatalogFilter filter, PostgreSqlCatalogSort sort, object[]? after)
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

    /// <summary>Whether the page is read from lists of words: not where the few products of one are looked at, and not in orders that no list has.</summary>
    public static bool ReadsLists(ListProducts query, PostgreSqlSearch? search, PostgreSqlCatalogFilter filter, PostgreSqlCatalogSort sort) =>
        search is { IsFew: false, Rarest: not null } && sort != PostgreSqlCatalogSort.Unranked
        && (query.SortOrder == ProductSort.Relevance || (query.SortOrder == ProductSort.Newest && filter.IsSearchAlone));

    /// <summary>A page, read from the lists of the rarest word that is searched for.</summary>
    public static NpgsqlBatchCommand ListByWords(
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

    /// <summary>The page of a search for one word and nothing else.</summary>
    public static NpgsqlBatchCommand ListByOneWord(ListProducts query, string word, PostgreSqlCatalogSort sort, object[]? after)
    {
        var command = new NpgsqlBatchCommand(Listed(
            PostgreSqlWordLists.Page(
                query.SortOrder, PostgreSqlWordLists.Lookup("$1"), null, "search_rank(p.search_text, p.name, p.sku, $1)", isOnlyWord: true,
                query.Page.Limit + 1, After(query, after, firstParameter: 2)),
            sort));
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = word });
        AddKeys(command.Parameters, after?[^2..]);
        return command;
    }

    /// <summary>How many there are: what the lists of the rarest word say alone, or narrow.</summary>
    public static NpgsqlBatchCommand Count(PostgreSqlSearch? search, PostgreSqlCatalogFilter filter)
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
            parameters.Add(key switch
            {
                DateTimeOffset time => new NpgsqlParameter<DateTimeOffset> { TypedValue = time },
                long number => new NpgsqlParameter<long> { TypedValue = number },
                int number => new NpgsqlParameter<int> { TypedValue = number },
                decimal number => new NpgsqlParameter<decimal> { TypedValue = number },
                Money money => new NpgsqlParameter<decimal> { TypedValue = money.Amount },
                string text => new NpgsqlParameter<string> { TypedValue = text },
                _ => throw new ArgumentException($"No order of the catalog has a key like {key.GetType()}.", nameof(keys)),
            });
        }
    }
}
