using System.Text.Json;
using Npgsql;
using Shop.Application.Catalog;
using Shop.Application.Common.Paging;
using Shop.Infrastructure.Persistence.PostgreSql;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Catalog;

/// <summary>No question costs the database more than its answer is worth, however large the catalog and however odd the question.</summary>
[PostgreSqlOnly("it says what a plan has read")]
public sealed class BoundedReadsTests : ShopTest
{
    private const int Products = 20_000;
    private const int Categories = 50;

    /// <summary>
    /// Pages of 8 KiB, about those of as many products as one category has. All products are on twice as many, and reading them through an
    /// index touches one for each. The best rated are one of 20 products; the first 21 of them lie among 490 names.
    /// </summary>
    private const int MostPages = 600;

    /// <summary>No index holds a category by name; along all names, one of <see cref="Categories"/> products is of the category.</summary>
    private const int MostPagesByName = 1_300;

    private static readonly PageRequest Page = new(20, null, Count: false, "bounded");

    private static readonly (string Name, ListProducts Query)[] Filters =
    [
        ("nothing", new() { Page = Page }),
        ("in stock", new() { Page = Page, InStock = true }),
        ("sold out", new() { Page = Page, InStock = false }),
        ("sold out and best rated", new() { Page = Page, InStock = false, MinRating = 5 }),
        ("best rated", new() { Page = Page, MinRating = 5 }),
        ("dearer than all", new() { Page = Page, MinPrice = 9_999_999_999.99m }),
        ("cheaper than all", new() { Page = Page, MaxPrice = 0 }),
        ("from dear to cheap", new() { Page = Page, MinPrice = 400, MaxPrice = 1 }),
        ("a category", new() { Page = Page, CategoryId = 100_001 }),
        ("a category's sold out", new() { Page = Page, CategoryId = 100_001, InStock = false }),
        ("a category's best rated", new() { Page = Page, CategoryId = 100_001, MinRating = 5 }),
        ("a category without products", new() { Page = Page, CategoryId = 1 }),
        ("a seller without products", new() { Page = Page, SellerId = 1 }),
    ];

    private readonly SentStatements _sent = new();

    private static IEnumerable<TestCaseData> Questions =>
        from filter in Filters
        from sort in ListProducts.Sorts.Keys.Where(sort => sort != "relevance")
        select new TestCaseData(filter.Query with { Sort = sort }).SetArgDisplayNames(filter.Name, sort);

    [OneTimeSetUp]
    public override async Task StartShop()
    {
        await base.StartShop();
        await Shop.ScalarAsync<int>($"""
            INSERT INTO categories (id, name, parent_id, version, created_at, updated_at) SELECT 100000 + i, 'Category ' || i, NULL, 1, now(), now() FROM generate_series(1, {Categories}) i;
            INSERT INTO products (id, sku, name, description, price, category_id, stock, rating_sum, review_count, units_sold, version, created_at, updated_at)
            SELECT 100000 + i, 'BOUNDED-' || i, md5(i::text), repeat(md5(i::text), 5), 1 + i * 7919 % 499, 100001 + i * 7907 % {Categories}, CASE WHEN i % 4000 = 0 THEN 0 ELSE 100 END,
                CASE WHEN i % 4 = 0 THEN 1 + i / 4 % 5 ELSE 0 END, CASE WHEN i % 4 = 0 THEN 1 ELSE 0 END, i * 7901 % 1000, 1, now() + i * interval '1 second', now()
            FROM generate_series(1, {Products}) i;
            SELECT 1
            """);
        await using var connection = await OpenAsync();
        await using var vacuum = new NpgsqlCommand("VACUUM ANALYZE", connection);
        await vacuum.ExecuteNonQueryAsync();
    }

    [OneTimeTearDown]
    public void StopListening() => _sent.Dispose();

    [TestCaseSource(nameof(Questions))]
    public async Task A_page_reads_few_pages(ListProducts query)
    {
        var filter = new PostgreSqlCatalogFilter(query, query.CategoryId is { } category ? [category] : null);
        var list = PostgreSqlCatalogStatements.List(query, filter, PostgreSqlCatalogSort.Of(query.SortOrder), after: null);
        list.CommandText = "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + list.CommandText;
        await using var connection = await OpenAsync();
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { list } };

        var plan = JsonDocument.Parse((string)(await batch.ExecuteScalarAsync())!).RootElement[0].GetProperty("Plan");

        (plan.GetProperty("Shared Hit Blocks").GetInt64() + plan.GetProperty("Shared Read Blocks").GetInt64()).ShouldBeLessThan(query is { CategoryId: not null, Sort: "name" } ? MostPagesByName : MostPages, plan.ToString());
    }

    [TestCase("limit=1000000", "limit")]
    [TestCase("limit=0", "limit")]
    [TestCase("search={long}", "search")]
    [TestCase("category={long}", "category")]
    [TestCase("cursor={long}", "cursor")]
    [TestCase("{many}&limit=20", "min_price")]
    public async Task Too_much_is_refused_without_a_question_to_the_database(string query, string field)
    {
        var path = "/products?" + query
            .Replace("{long}", new string('x', 5_000), StringComparison.Ordinal)
            .Replace("{many}", string.Join('&', Enumerable.Repeat("min_price=1", 500)), StringComparison.Ordinal);

        var sent = await _sent.OfAsync(async trace => (await Shop.Anonymous().GetAsync(path, trace)).ShouldBeProblem(400, "validation_failed", field));

        sent.ShouldBeEmpty();
    }

    [Test]
    public async Task A_thousand_filters_are_refused_before_they_are_read()
    {
        var path = "/products?" + string.Join('&', Enumerable.Repeat("category_id=1", 1_000));

        var sent = await _sent.OfAsync(async trace => (await Shop.Anonymous().GetAsync(path, trace)).Status.ShouldBeInRange(400, 431));

        sent.ShouldBeEmpty();
    }

    [TestCase("/products?category_id={top}")]
    [TestCase("/products/facets?category_id={top}")]
    public async Task A_deep_tree_takes_no_more_statements_than_one_category_below(string path)
    {
        const int Deep = 20;
        var top = (await Admin.PostAsync("/categories", new { name = Unique("Tree") })).ShouldBe(201).Id;
        var below = (await Admin.PostAsync("/categories", new { name = Unique("Tree"), parent_id = top })).ShouldBe(201).Id;
        var shallow = await CountAsync();
        for (var depth = 2; depth < Deep; depth++)
        {
            below = (await Admin.PostAsync("/categories", new { name = Unique("Tree"), parent_id = below })).ShouldBe(201).Id;
        }

        (await CountAsync()).ShouldBe(shallow);

        async Task<int> CountAsync() =>
            (await _sent.OfAsync(async trace => (await Shop.Anonymous().GetAsync(path.Replace("{top}", $"{top}", StringComparison.Ordinal), trace)).ShouldBe(200))).Count;
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(Shop.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }
}
