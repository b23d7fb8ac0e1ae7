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
    public Task<ProductAnswer?> FindAsync(long id, CancellationToken cancellationToken) =>
        ReadAsync(
            async connection =>
            {
                await using var command = new NpgsqlCommand(PostgreSqlCatalogStatements.ById, connection);
                command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                return await reader.ReadAsync(cancellationToken) ? PostgreSqlCatalogStatements.Product(reader) : null;
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
                if (leaf == Leaf.IfNoneIsBelow)
                {
                    leaves.Note(id, stamp);
                }

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
            var below = new NpgsqlBatchCommand(PostgreSqlCatalogStatements.Below);
            below.Parameters.Add(new NpgsqlParameter<long> { TypedValue = reach!.Single() });
            batch.BatchCommands.Add(below);
        }

        var rarest = PostgreSqlCatalogStatements.ReadsLists(query, search, filter, sort) ? search!.Rarest : null;
        var isPlannedAnew = filter.NeedsPlanOfItsOwn && (rarest is null || query.Page.Count);
        if (isPlannedAnew)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(PostgreSqlPlans.Begin));
        }

        if (rarest is null)
        {
            batch.BatchCommands.Add(PostgreSqlCatalogStatements.List(query, filter, sort, after));
        }
        else
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(PostgreSqlPlans.BeginInOrder));
            batch.BatchCommands.Add(PostgreSqlCatalogStatements.ListByWords(query, rarest, isOnlyWord: search!.Terms.Count == 1, filter, sort, after));
            batch.BatchCommands.Add(new NpgsqlBatchCommand(PostgreSqlPlans.EndInOrder));
        }

        if (query.Page.Count)
        {
            batch.BatchCommands.Add(PostgreSqlCatalogStatements.Count(search, filter));
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

            items.Add(PostgreSqlCatalogStatements.Product(reader));
            last = items.Count == page.Limit ? sort.Keys(reader, PostgreSqlCatalogStatements.KeysBegin) : null;
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

        return await ReadAsync(
            async connection =>
            {
                var page = PostgreSqlCatalogStatements.ListByOneWord(query, words[0], sort, after);
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
