using Npgsql;

namespace Shop.Limit;

/// <summary>The SQL that the shop sends for the same paths: a page reads one row more than it shows, as there.</summary>
internal sealed class Products(NpgsqlDataSource database)
{
    private const string Columns = """
        id, sku, name, description, price, category_id, image_url, stock, seller_id,
        CASE WHEN review_count = 0 THEN NULL ELSE rating END AS rating, review_count, created_at, updated_at
        """;

    private const string Shown = """
        p.id, p.sku, p.name, p.description, p.price, c.name, p.category_id, p.image_url, p.stock, p.seller_id, p.rating, p.review_count,
        p.created_at, p.updated_at
        """;

    private const string ById = $"""
        SELECT {Shown} FROM (SELECT {Columns} FROM products WHERE id = $1 AND deleted_at IS NULL) p
        LEFT JOIN categories c ON p.category_id = c.id
        """;

    private const string Newest = $"""
        SELECT {Shown} FROM (
            SELECT {Columns} FROM products WHERE deleted_at IS NULL ORDER BY created_at DESC, id DESC LIMIT $1) p
        LEFT JOIN categories c ON p.category_id = c.id
        ORDER BY p.created_at DESC, p.id DESC
        """;

    private const string Cheapest = $"""
        SELECT {Shown} FROM (
            SELECT {Columns} FROM products WHERE deleted_at IS NULL AND category_id = $2 ORDER BY products.price, id LIMIT $1) p
        LEFT JOIN categories c ON p.category_id = c.id
        ORDER BY p.price, p.id
        """;

    /// <summary>The words of the dictionary that the searched one is a part of, and the newest of each of their lists.</summary>
    private const string Matching = $"""
        WITH words AS MATERIALIZED (
            SELECT word FROM (
                SELECT word, count(*) OVER () AS words FROM (SELECT DISTINCT word FROM search_words_with($2, 65) word) found) counted
            WHERE words <= 64),
        listed AS MATERIALIZED (
            SELECT DISTINCT found.created_at, found.product_id
            FROM words CROSS JOIN unnest('{"{3,2,1,0}"}'::smallint[]) place CROSS JOIN LATERAL (
                SELECT listed.created_at, listed.product_id FROM product_words listed WHERE listed.word = words.word AND listed.rank = place
                ORDER BY listed.created_at DESC, listed.product_id DESC LIMIT $1) found
            ORDER BY found.created_at DESC, found.product_id DESC LIMIT $1)
        SELECT {Shown} FROM listed JOIN (SELECT {Columns} FROM products) p ON p.id = listed.product_id
        LEFT JOIN categories c ON p.category_id = c.id
        ORDER BY p.created_at DESC, p.id DESC
        """;

    public async Task<Product?> GetAsync(long id)
    {
        await using var command = database.CreateCommand(ById);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? Read(reader) : null;
    }

    public Task<List<Product>> NewestAsync(int limit) => ListAsync<long>(Newest, limit);

    public Task<List<Product>> CheapestAsync(long category, int limit) => ListAsync(Cheapest, limit, new NpgsqlParameter<long> { TypedValue = category });

    public Task<List<Product>> SearchAsync(string word, int limit) => ListAsync(Matching, limit, new NpgsqlParameter<string> { TypedValue = word });

    private async Task<List<Product>> ListAsync<T>(string sql, int limit, NpgsqlParameter<T>? filter = null)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit + 1 });
        if (filter is not null)
            command.Parameters.Add(filter);
        var products = new List<Product>(limit);
        await using var reader = await command.ExecuteReaderAsync();
        while (products.Count < limit && await reader.ReadAsync())
            products.Add(Read(reader));
        return products;
    }

    private static Product Read(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        row.GetString(1),
        row.GetString(2),
        row.IsDBNull(3) ? null : row.GetString(3),
        row.GetDecimal(4),
        "EUR",
        row.IsDBNull(5) ? null : row.GetString(5),
        row.IsDBNull(6) ? null : row.GetInt64(6),
        row.IsDBNull(7) ? null : row.GetString(7),
        row.GetInt32(8),
        row.IsDBNull(9) ? null : row.GetInt64(9),
        row.IsDBNull(10) ? null : row.GetDecimal(10),
        row.GetInt32(11),
        row.GetDateTime(12),
        row.GetDateTime(13));
}
