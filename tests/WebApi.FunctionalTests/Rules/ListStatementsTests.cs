using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shop.WebApi.FunctionalTests.Recommendations;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Rules;

/// <summary>No list asks the database more often because its page is longer. A row for every route that answers with a list.</summary>
[PostgreSqlOnly("its driver tells of every statement")]
public sealed partial class ListStatementsTests : ShopTest
{
    private const int Rows = 105;

    /// <summary>Who signed in, whether what the path names is theirs, the page, and what belongs to it.</summary>
    private const int MostTrips = 4;

    /// <summary>It has no pages: its length is that of the days asked for.</summary>
    private const string Series = "GET /analytics/revenue";

    private static readonly int[] Sizes = [10, 50, 100];

    private static readonly string[] Lists =
    [
        "GET /analytics/top_customers",
        "GET /analytics/top_products",
        "GET /audit_log",
        "GET /cart_items",
        "GET /categories",
        "GET /coupons",
        "GET /favorites",
        "GET /orders",
        "GET /orders/{order}/history",
        "GET /orders/{order}/payments",
        "GET /orders/{order}/refunds",
        "GET /outbox",
        "GET /products",
        "GET /products?search=lamp",
        "GET /products?search=lamp&sort=relevance",
        "GET /products?category_id={category}&sort=price",
        "GET /products?category=Above&min_price=1&count=true",
        "GET /products/data/backfill",
        "GET /products/{product}/reviews",
        "GET /products/{product}/similar",
        "GET /purchases/user/{user}",
        "GET /recommendations",
        "GET /users",
        "GET /users?search=user",
        "GET /users/{user}/addresses",
        "GET /webhooks",
        "GET /webhooks/{webhook}/deliveries",
        "POST /orders/current_order",
    ];

    /// <summary>What a list may ask that does more than list: this one loads a file first, in a transaction.</summary>
    private static readonly Dictionary<string, int> Busier = new() { ["GET /products/data/backfill"] = 40 };

    private readonly Dictionary<string, long> _ids = [];
    private readonly SentStatements _sent = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("shop-lists-").FullName;
    private Actor _user = null!;

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Shop:Cache:Enabled"] = "false",
        ["Shop:Backfill:Path"] = Path.Combine(_folder, "catalog.csv"),
    };

    [OneTimeSetUp]
    public override async Task StartShop()
    {
        await File.WriteAllLinesAsync(
            Path.Combine(_folder, "catalog.csv"), ["sku,name,price,category", .. Enumerable.Range(0, Rows).Select(i => $"FILE-{i},Thing {i},1,Box {i}")]);
        await base.StartShop();
        await FillAsync();
    }

    [OneTimeTearDown]
    public void CleanUp()
    {
        _sent.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public void Every_list_is_tried()
    {
        var routes = Shop.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>().Any(answer => answer is { StatusCode: 200, Type: { } type } && IsList(type)))
            .Select(endpoint => $"{endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Single()} {Placeholder().Replace(endpoint.RoutePattern.RawText!.TrimEnd('/'), "{}")}")
            .ToList();

        routes.Count.ShouldBeGreaterThan(10);
        Lists.Append(Series).Select(list => Placeholder().Replace(list.Split('?')[0], "{}")).Distinct().ShouldBe(routes, ignoreOrder: true);
    }

    [TestCaseSource(nameof(Lists))]
    public async Task A_longer_page_takes_no_more_statements(string list)
    {
        await SendAsync(list, Sizes[0]); // loads what is loaded once

        var sent = new Dictionary<int, IReadOnlyList<string>>();
        foreach (var size in Sizes)
        {
            sent[size] = await SendAsync(list, size);
        }

        var told = string.Join("\n\n", sent.Select(each => $"== {each.Key}\n{string.Join('\n', each.Value)}"));
        sent.Values.Select(statements => statements.Count).Distinct().Count().ShouldBe(1, told);
        sent.Values.Select(statements => statements.Sum(text => text.Count(c => c == ';'))).Distinct().Count().ShouldBe(1, told);
        sent[Sizes[0]].Count.ShouldBeInRange(1, Busier.GetValueOrDefault(list, MostTrips), told);
    }

    private async Task<IReadOnlyList<string>> SendAsync(string list, int size)
    {
        var (method, path) = (HttpMethod.Parse(list.Split(' ')[0]), Placeholder().Replace(list.Split(' ')[1], name => $"{_ids[name.Value.Trim('{', '}')]}"));
        var isTheirs = path.StartsWith("/users/", StringComparison.Ordinal) || path is "/cart_items" or "/favorites" or "/recommendations" or "/orders/current_order";
        return await _sent.OfAsync(async trace =>
        {
            var page = (await (isTheirs ? _user : Admin).SendAsync(method, $"{path}{(path.Contains('?') ? '&' : '?')}limit={size}", null, trace)).ShouldBe(200);
            page.Json.GetArrayLength().ShouldBe(size);
        });
    }

    /// <summary>More rows of everything than the longest page has. What hangs on a row, such as the category of a product, is another for each.</summary>
    private async Task FillAsync()
    {
        _user = await Shop.CustomerAsync();
        _ids["user"] = _user.UserId;
        await RunAsync($"""
            INSERT INTO users (id, username, version, created_at, updated_at) SELECT 100000 + i, 'user-of-list-' || i, 1, now(), now() FROM generate_series(1, {Rows}) i;
            INSERT INTO categories (id, name, parent_id, version, created_at, updated_at) VALUES (100000, 'Above', NULL, 1, now(), now());
            INSERT INTO categories (id, name, parent_id, version, created_at, updated_at) SELECT 100000 + i, 'Below ' || i, 100000, 1, now(), now() FROM generate_series(1, {Rows}) i;
            INSERT INTO products (id, sku, name, price, category_id, stock, seller_id, rating_sum, review_count, units_sold, version, created_at, updated_at)
            SELECT 100000 + i, 'LIST-' || i, 'Lamp ' || i, i, CASE WHEN i <= {Rows} THEN 100000 + i ELSE 100001 END, 1000, 100001 + i % {Rows}, 0, 0, 0, 1, now(), now()
            FROM generate_series(1, {2 * Rows}) i;
            INSERT INTO reviews (id, product_id, user_id, rating, version, created_at, updated_at)
            SELECT 100000 + i, 100001, 100000 + i, 5, 1, now(), now() FROM generate_series(1, {Rows}) i;
            INSERT INTO favorites (id, user_id, product_id, version, created_at, updated_at)
            SELECT 100000 + i, {_user.UserId}, 100000 + i, 1, now(), now() FROM generate_series(1, {Rows}) i;
            INSERT INTO user_addresses (id, user_id, city, country, line1, name, postal_code, version, created_at, updated_at)
            SELECT 100000 + i, {_user.UserId}, 'x', 'DE', 'x', 'x', 'x', 1, now(), now() FROM generate_series(1, {Rows}) i;
            INSERT INTO coupons (id, code, percent, used, version, created_at, updated_at) SELECT 100000 + i, 'LIST-' || i, 5, 0, 1, now(), now() FROM generate_series(1, {Rows}) i
            """);
        (_ids["category"], _ids["product"]) = (100_001, 100_001);
        for (var i = 1; i <= Rows; i++)
        {
            await Feeds.BuyAsync(Admin, 100_000 + i, [100_000 + i]);
            await Feeds.BuyAsync(Admin, _user.UserId, [100_000 + i]);
        }

        await Admin.TrainAsync();
        await _user.PutInCartAsync(100_001);
        var active = (await _user.OrderAsync(100_001)).Id;
        var paid = _ids["order"] = await _user.BuyAsync(100_001);
        (await Admin.PostAsync($"/orders/{paid}/refunds", new { reason = "x", amount = 0.01 })).ShouldBe(201);
        var webhook = _ids["webhook"] = (await Admin.PostAsync("/webhooks", new { url = "https://example.org", events = new[] { "order.refunded" } })).ShouldBe(201).Id;
        await RunAsync($"""
            INSERT INTO cart_items (cart_id, product_id, quantity, added_price)
            SELECT c.id, 100000 + i, 1, 1 FROM carts c, generate_series(2, {Rows}) i WHERE c.user_id = {_user.UserId} AND c.checked_out_at IS NULL;
            INSERT INTO order_history (id, order_id, at, change) SELECT 100000 + i, {paid}, now(), 'line_changed' FROM generate_series(1, {Rows}) i;
            INSERT INTO webhook_deliveries (webhook_id, event_id, event_type, aggregate_type, aggregate_id, sequence, body, status, attempts, next_attempt_at, give_up_at, created_at)
            SELECT {webhook}, gen_random_uuid(), 'order.refunded', 'order', i, 1, '', 'dead', 1, now(), now(), now() FROM generate_series(1, {Rows}) i
            """);
        await CloneAsync("orders", "number", $"id = {active}", "id = 100000 + i");
        await RunAsync($"INSERT INTO order_items (order_id, product_id, quantity, stock_held) SELECT 100000 + i, 100000 + i, 1, 0 FROM generate_series(1, {Rows}) i");
        await CloneAsync("payments", "", $"order_id = {paid}", "id = 100000 + i, key = 'list-' || i, status = 'failed', refunded = 0, provider_reference = NULL");
        await CloneAsync("refunds", "", $"order_id = {paid}", "id = 100000 + i, key = 'list-' || i");
        await CloneAsync("webhooks", "", $"id = {webhook}", "id = 100000 + i");
        await CloneAsync("audit_log", "id", "id = (SELECT min(id) FROM audit_log)", "");
    }

    private async Task RunAsync(string sql) => await Shop.ScalarAsync<int>(sql + ";\nSELECT 1");

    /// <summary>Copies of one row that differ as said.</summary>
    private async Task CloneAsync(string table, string without, string where, string differing)
    {
        var given = differing.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(each => each.Split(" = ")).ToDictionary(each => each[0], each => each[1]);
        var columns = (await Shop.ScalarAsync<string>(
            $"SELECT string_agg(column_name, ',') FROM information_schema.columns WHERE table_name = '{table}' AND column_name <> '{without}'")).Split(',');
        await RunAsync($"""
            INSERT INTO {table} ({string.Join(", ", columns)})
            SELECT {string.Join(", ", columns.Select(column => given.GetValueOrDefault(column, "t." + column)))} FROM {table} t, generate_series(1, {Rows}) i WHERE {where}
            """);
    }

    private static bool IsList(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Placeholder();
}
