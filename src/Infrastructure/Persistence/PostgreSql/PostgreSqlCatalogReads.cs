using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Application.Abstractions;
using Shop.Application.Catalog;
using Shop.Application.Common.Paging;
using Shop.Domain.Catalog;
using Shop.Domain.Common;
using Shop.Infrastructure.Persistence.Paging;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>
/// The catalog's reads, written by hand: making, comparing and translating the expressions of one page costs more than all the rest of its
/// way through the shop (bench/README.md). Ranking by relevance, where the database's work counts most, goes the specification's way. A test
/// compares every answer with that of the specifications.
/// </summary>
internal sealed class PostgreSqlCatalogReads(
    ShopDbContext db, DatabaseAddress address, ICategoryTree categories, CursorProtector cursors, CatalogReads specified)
    : ICatalogReads
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
        if (query.SortOrder == ProductSort.Relevance)
        {
            return await specified.ListAsync(query, cancellationToken);
        }

        var sort = PostgreSqlCatalogSort.Of(query.SortOrder);
        object[]? after = null;
        if (query.Page.Cursor is { } cursor && (after = cursors.Read(cursor, query.Page.Scope, sort.KeyTypes)) is null)
        {
            return CursorProtector.Invalid;
        }

        // Most categories have none below them: that one has any is asked in the same trip, and seldom costs a second one
        if (query is { CategoryId: { } id, Category: null }
            && await ReadAsync(connection => PageAsync(connection, query, sort, [id], hasNoneBelow: id, after, cancellationToken), cancellationToken) is { } page)
        {
            return page;
        }

        var reach = await categories.ReachAsync(query.CategoryId, query.Category, cancellationToken);
        return (await ReadAsync(connection => PageAsync(connection, query, sort, reach, hasNoneBelow: null, after, cancellationToken), cancellationToken))!;
    }

    public async Task<CatalogLook> LookAsync(GetProductFacets query, int atMost, CancellationToken cancellationToken)
    {
        var reach = await categories.ReachAsync(query.CategoryId, query.Category, cancellationToken);
        return await ReadAsync(connection => new PostgreSqlCatalogLook(query, reach, atMost).ReadAsync(connection, cancellationToken), cancellationToken);
    }

    /// <returns>Null when there are categories below the one that has none.</returns>
    private async Task<Page<ProductAnswer>?> PageAsync(
        NpgsqlConnection connection,
        ListProducts query,
        PostgreSqlCatalogSort sort,
        IReadOnlyCollection<long>? reach,
        long? hasNoneBelow,
        object[]? after,
        CancellationToken cancellationToken)
    {
        var filter = new PostgreSqlCatalogFilter(query, reach, isLeaf: hasNoneBelow is not null);
        await using var batch = new NpgsqlBatch(connection);
        if (hasNoneBelow is { } category)
        {
            var below = new NpgsqlBatchCommand(Below);
            below.Parameters.Add(new NpgsqlParameter<long> { TypedValue = category });
            batch.BatchCommands.Add(below);
        }

        if (filter.NeedsPlanOfItsOwn)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(PostgreSqlPlans.Begin));
        }

        batch.BatchCommands.Add(List(filter, sort, query.Page.Limit, after));
        if (query.Page.Count)
        {
            batch.BatchCommands.Add(filter.Command($"SELECT count(*) FROM products p WHERE {filter.Condition}"));
        }

        if (filter.NeedsPlanOfItsOwn)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(PostgreSqlPlans.End));
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        if (hasNoneBelow is not null)
        {
            if (await reader.ReadAsync(cancellationToken))
            {
                return null;
            }

            await reader.NextResultAsync(cancellationToken);
        }

        var items = new List<ProductAnswer>(query.Page.Limit);
        object[]? last = null;
        string? next = null;
        while (await reader.ReadAsync(cancellationToken))
        {
            if (items.Count == query.Page.Limit)
            {
                next = cursors.Write(last!, query.Page.Scope);
                break;
            }

            items.Add(Product(reader));
            last = items.Count == query.Page.Limit ? sort.Keys(reader, KeysBegin) : null;
        }

        long? total = null;
        if (query.Page.Count && await reader.NextResultAsync(cancellationToken) && await reader.ReadAsync(cancellationToken))
        {
            total = reader.GetInt64(0);
        }

        return new Page<ProductAnswer>(items, next, total);
    }

    /// <summary>One row more than the page shows says whether there is a next one. The category is looked up for the rows that are shown alone.</summary>
    internal static NpgsqlBatchCommand List(PostgreSqlCatalogFilter filter, PostgreSqlCatalogSort sort, int limit, object[]? after)
    {
        var condition = after is null ? filter.Condition : $"{filter.Condition} AND {sort.After(firstParameter: filter.Parameters + 1)}";
        var command = filter.Command($"""
            SELECT {Shown}, {sort.Columns}
            FROM (SELECT p.* FROM products p WHERE {condition} ORDER BY {sort.Order} LIMIT {limit + 1}) p
            {WithCategory} ORDER BY {sort.Order}
            """);
        foreach (var key in after ?? [])
        {
            command.Parameters.Add(new NpgsqlParameter { Value = key is Money money ? money.Amount : key });
        }

        return command;
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
}
