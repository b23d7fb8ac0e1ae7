using System.Collections.Concurrent;
using Npgsql;
using Shop.Domain.Catalog;
using Shop.Domain.Common;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>An order of the catalog in SQL, over products <c>p</c>; the keys are those of <see cref="ProductSpecs.Search"/>, so that cursors are the same.</summary>
internal sealed class PostgreSqlCatalogSort
{
    private const string NoRank = "-1";

    private static readonly PostgreSqlCatalogSort Newest = new(isDescending: true, ("created_at", typeof(DateTimeOffset)), Id);
    private static readonly PostgreSqlCatalogSort Price = new(isDescending: false, ("price", typeof(Money)), Id);
    private static readonly PostgreSqlCatalogSort PriceDescending = new(isDescending: true, ("price", typeof(Money)), Id);
    private static readonly PostgreSqlCatalogSort Name = new(isDescending: false, ("name", typeof(string)), Id);
    private static readonly PostgreSqlCatalogSort Rating = new(isDescending: true, ("rating", typeof(decimal)), ("review_count", typeof(int)), Id);
    private static readonly PostgreSqlCatalogSort Popular = new(isDescending: true, ("units_sold", typeof(long)), Id);

    private static readonly PostgreSqlCatalogSort Relevance = new(isDescending: true, ("rank", typeof(int)), ("created_at", typeof(DateTimeOffset)), Id);

    private readonly ConcurrentDictionary<int, string> _after = new();
    private readonly Func<int, string> _makeAfter;

    private PostgreSqlCatalogSort(bool isDescending, params (string Column, Type Type)[] keys)
    {
        string[] sorted = [.. keys.Where(key => key.Column != NoRank).Select(key => "p." + key.Column)];
        var unsorted = keys.Length - sorted.Length;
        _makeAfter = firstParameter =>
            $"({string.Join(", ", sorted)}) {(isDescending ? '<' : '>')} ({string.Join(", ", sorted.Select((_, i) => $"${firstParameter + unsorted + i}"))})";
        KeyTypes = [.. keys.Select(key => key.Type)];
        Columns = string.Join(", ", keys.Select(key => key.Column == NoRank ? NoRank : "p." + key.Column));
        Order = string.Join(", ", sorted.Select(column => $"{column}{(isDescending ? " DESC" : "")}"));
    }

    /// <summary>Where too many products fit to be ranked: newest first, under the keys of the order by relevance.</summary>
    public static PostgreSqlCatalogSort Unranked { get; } = new(isDescending: true, (NoRank, typeof(int)), ("created_at", typeof(DateTimeOffset)), Id);

    private static (string, Type) Id => ("id", typeof(long));

    /// <summary>The types of its keys, as cursors hold them.</summary>
    public Type[] KeyTypes { get; }

    /// <summary>Its keys.</summary>
    public string Columns { get; }

    /// <summary>Its keys with their directions.</summary>
    public string Order { get; }

    /// <summary>The order of that name; by relevance it needs a column <c>rank</c> in <c>p</c>.</summary>
    public static PostgreSqlCatalogSort Of(ProductSort sort) => sort switch
    {
        ProductSort.Newest => Newest,
        ProductSort.Price => Price,
        ProductSort.PriceDescending => PriceDescending,
        ProductSort.Name => Name,
        ProductSort.Rating => Rating,
        ProductSort.Popular => Popular,
        ProductSort.Relevance => Relevance,
        _ => throw new ArgumentOutOfRangeException(nameof(sort), sort, null),
    };

    /// <summary>Holds for rows that come after keys, which one index range answers.</summary>
    /// <param name="firstParameter">The number of the first key's parameter.</param>
    public string After(int firstParameter) => _after.GetOrAdd(firstParameter, _makeAfter);

    /// <summary>Whether keys are of <see cref="Unranked"/>.</summary>
    /// <param name="keys">The keys of a cursor by relevance.</param>
    public static bool AreUnranked(object[]? keys) => keys is [-1, ..];

    /// <summary>The keys of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="begin">The column that they begin on.</param>
    public object[] Keys(NpgsqlDataReader row, int begin) =>
        [.. KeyTypes.Select((type, i) => type == typeof(Money) ? Money.From(row.GetDecimal(begin + i))
            : type == typeof(DateTimeOffset) ? new DateTimeOffset(row.GetDateTime(begin + i))
            : row.GetValue(begin + i))];
}
