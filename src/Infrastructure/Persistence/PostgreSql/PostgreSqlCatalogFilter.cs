using Npgsql;
using Shop.Application.Catalog;
using Shop.Domain.Catalog;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>What of the catalog to show, as a condition on products <c>p</c>: the SQL of <see cref="Domain.Catalog.ProductSpecs.Search"/>.</summary>
internal sealed class PostgreSqlCatalogFilter
{
    /// <summary>The lowest rating that a review can give.</summary>
    private const decimal LowestRating = 1;

    private readonly List<Func<NpgsqlParameter>> _parameters = [];
    private readonly int _parametersBefore;

    /// <param name="query">What to show.</param>
    /// <param name="categories">In any of these categories; null for all.</param>
    /// <param name="isLeaf">Whether to show nothing when there are categories below the one that is given.</param>
    /// <param name="search">What the searched words are known to be; null where none is searched, or they were not looked up.</param>
    /// <param name="parametersBefore">How many parameters of the statement come before those of the condition.</param>
    /// <param name="isInCatalog">Whether the products that are tried are in the catalog anyhow: to look at that again may need the row itself.</param>
    public PostgreSqlCatalogFilter(
        CatalogFilter query,
        IReadOnlyCollection<long>? categories,
        bool isLeaf = false,
        PostgreSqlSearch? search = null,
        int parametersBefore = 0,
        bool isInCatalog = false)
    {
        _parametersBefore = parametersBefore;
        List<string> conditions = isInCatalog ? [] : ["p.deleted_at IS NULL"];
        if (search is { IsFew: true })
        {
            conditions.Add($"p.id = ANY(ARRAY(SELECT listed.product_id FROM product_words listed WHERE listed.word = ANY({Add(search.Rarest!.Words.ToArray())})))");
        }

        if (query.SearchedText is { } text)
        {
            var terms = search?.Terms ?? TextSearch.Words(text).Select(word => (IReadOnlyList<string>)[word]);
            conditions.AddRange(terms.Select(term => $"({string.Join(" OR ", term.Select(part => $"p.search_text LIKE {Add($"%{Escape(part)}%")}"))})"));
        }

        var searched = conditions.Count;

        if (categories is { Count: 1 })
        {
            var category = Add(categories.First());
            conditions.Add($"p.category_id = {category}");
            if (isLeaf)
            {
                conditions.Add($"NOT EXISTS (SELECT FROM categories below WHERE below.parent_id = {category})");
            }
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
            // Without reviews the rating is 0; saying so by the rating alone is one index range, of which the planner knows the size
            conditions.Add($"p.rating >= {Add(Math.Max(minRating, LowestRating))}");
        }

        if (query.InStock is { } inStock)
        {
            conditions.Add(inStock ? "p.stock > 0" : "p.is_sold_out");
        }

        if (query is ListProducts { SortOrder: ProductSort.Relevance } && search is not null)
        {
            Rank = $"least({string.Join(", ", search.Ranked.Select(term => $"greatest({string.Join(", ", term.Parts.Select(part => $"search_rank(p.search_text, p.name, p.sku, {Add(part)})"))})"))})";
        }

        Condition = conditions.Count == 0 ? "true" : string.Join(" AND ", conditions);
        IsSearchAlone = conditions.Count == searched;
        NeedsPlanOfItsOwn = search is not { IsFew: true } && !(query is ListProducts list && HasIndex(list, categories));
    }

    /// <summary>The condition.</summary>
    public string Condition { get; }

    /// <summary>How many parameters it has.</summary>
    public int Parameters => _parameters.Count;

    /// <summary>How well products <c>p</c> fit what is searched; null where they are not sorted by it.</summary>
    public string? Rank { get; }

    /// <summary>Whether nothing but the search narrows the catalog.</summary>
    public bool IsSearchAlone { get; }

    /// <summary>Whether the best plan depends on what is looked for (<see cref="PostgreSqlPlans"/>): not where one index holds just these products in this order.</summary>
    public bool NeedsPlanOfItsOwn { get; }

    /// <summary>A statement with the condition's parameters.</summary>
    /// <param name="sql">The statement.</param>
    public NpgsqlBatchCommand Command(string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        AddTo(command);
        return command;
    }

    /// <summary>Gives a statement the condition's parameters.</summary>
    /// <param name="command">Has those that come before them.</param>
    public void AddTo(NpgsqlBatchCommand command) => _parameters.ForEach(make => command.Parameters.Add(make()));

    private static bool HasIndex(ListProducts query, IReadOnlyCollection<long>? categories) =>
        query is { SearchedText: null, MinPrice: null, MaxPrice: null, MinRating: null, InStock: null }
        && (categories?.Count, query.SellerId, query.SortOrder) switch
        {
            (null, null, _) => true,
            (1, null, not ProductSort.Name) => true,
            (null, not null, ProductSort.Newest) => true,
            _ => false,
        };

    private static string Escape(string word) =>
        word.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);

    /// <summary>A further parameter.</summary>
    /// <returns>Its name.</returns>
    public string Add<T>(T value)
    {
        _parameters.Add(() => new NpgsqlParameter<T> { TypedValue = value });
        return $"${_parametersBefore + _parameters.Count}";
    }
}
