using Npgsql;
using Shop.Application.Catalog;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>What of the catalog to show, as a condition on products <c>p</c>: the SQL of <see cref="Domain.Catalog.ProductSpecs.Search"/>.</summary>
internal sealed class PostgreSqlCatalogFilter
{
    private readonly List<Func<NpgsqlParameter>> _parameters = [];

    public PostgreSqlCatalogFilter(ListProducts query, IReadOnlyCollection<long>? categories)
    {
        List<string> conditions = ["p.deleted_at IS NULL"];
        if (query.SearchedText is { } text)
        {
            conditions.AddRange(TextSearch.Words(text).Select(word => $"p.search_text LIKE {Add($"%{Escape(word)}%")}"));
        }

        if (categories is { Count: 1 })
        {
            conditions.Add($"p.category_id = {Add(categories.First())}");
        }
        else if (categories is not null)
        {
            conditions.Add($"p.category_id = ANY({Add(categories.ToArray())})");
        }

        if (query.SellerId is { } seller)
        {
            conditions.Add($"p.seller_id = {Add(seller)}");
        }

        if (query.MinPrice is { } minPrice)
        {
            conditions.Add($"p.price >= {Add(minPrice)}");
        }

        if (query.MaxPrice is { } maxPrice)
        {
            conditions.Add($"p.price <= {Add(maxPrice)}");
        }

        if (query.MinRating is { } minRating)
        {
            conditions.Add($"p.review_count > 0 AND p.rating >= {Add(minRating)}");
        }

        if (query.InStock is { } inStock)
        {
            conditions.Add(inStock ? "p.stock > 0" : "p.stock = 0");
        }

        Condition = string.Join(" AND ", conditions);
        NeedsPlanOfItsOwn = categories is { Count: not 1 } || query is not { SearchedText: null, MinPrice: null, MaxPrice: null, MinRating: null, InStock: null };
    }

    /// <summary>The condition; its parameters are the first ones of its statement.</summary>
    public string Condition { get; }

    /// <summary>How many parameters it has.</summary>
    public int Parameters => _parameters.Count;

    /// <summary>Whether the best plan depends on what is looked for (<see cref="PostgreSqlPlans"/>): not for one category or one seller, which an index answers in every order.</summary>
    public bool NeedsPlanOfItsOwn { get; }

    /// <summary>A statement with the condition's parameters.</summary>
    /// <param name="sql">The statement.</param>
    public NpgsqlBatchCommand Command(string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        _parameters.ForEach(make => command.Parameters.Add(make()));
        return command;
    }

    private static string Escape(string word) =>
        word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);

    private string Add<T>(T value)
    {
        _parameters.Add(() => new NpgsqlParameter<T> { TypedValue = value });
        return $"${_parameters.Count}";
    }
}
