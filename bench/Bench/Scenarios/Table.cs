using System.Globalization;
using System.Net;
using Shop.Bench.Load;
using Shop.Bench.Machine;

namespace Shop.Bench.Scenarios;

/// <summary>The scenarios, with the floors and goals that the project set itself.</summary>
internal static class Table
{
    public const int LargeCatalog = 1_000_000;

    private const int DeepPage = 450;
    private const int PageSize = 20;
    private const int Requests = 2_000;

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new()
        {
            Name = "product", Title = "GET /products/{id}, cached", Against = "static JSON", Cached = true, Floor = 0.5, Goal = 0.8,
            Prepare = stage => Task.FromResult(new Loads(new Wrk(Products(stage)), Static("product")) { SameAnswers = [($"/products/{stage.Catalog.Products}", "/static/product")] }),
        },
        new()
        {
            Name = "product-uncached", Title = "GET /products/{id}, cache off", Against = "one row by id", Floor = 0.5, Goal = 0.8,
            Prepare = stage => SamePaths(Products(stage)),
        },
        new()
        {
            Name = "list", Title = "GET /products (20), cached", Against = "static JSON of the same bytes", Cached = true, Floor = 0.5, Goal = 0.8,
            Prepare = _ => Task.FromResult(new Loads(Get("/products"), Static("list")) { SameAnswers = [("/products", "/static/list")] }),
        },
        new()
        {
            Name = "category", Title = "GET /products?category_id=&sort=price (20), cache off", Against = "the same SQL", Floor = 0.5, Goal = 0.8,
            Prepare = _ => SamePaths(CheapestOf()),
        },
        new()
        {
            Name = "search", Title = "GET /products?search=word (20), cache off", Against = "the same SQL", Floor = 0.5, Goal = 0.8,
            Prepare = _ => SamePaths(Searches("")),
        },
        new()
        {
            Name = "deep-page", Title = $"page {DeepPage} by cursor, cache off", Against = "page 1", Floor = 0.9, Goal = 1.0, Reference = Server.Shop,
            Obstacle = catalog => catalog.Products > DeepPage * PageSize ? null : $"needs more than {DeepPage * PageSize} products",
            Prepare = async stage => new Loads(Get($"/products?cursor={await CursorAsync(stage.Subject)}"), Get("/products")),
        },
        Large("newest", "GET /products", _ => [new("/products")]),
        Large("by-price", "GET /products?sort=price", _ => [new("/products?sort=price")]),
        Large("by-name", "GET /products?sort=name", _ => [new("/products?sort=name")]),
        Large("by-rating", "GET /products?sort=rating", _ => [new("/products?sort=rating")]),
        Large("popular", "GET /products?sort=popular", _ => [new("/products?sort=popular")]),
        Large("category", "GET /products?category_id=&sort=price", _ => CheapestOf()),
        Large("filtered", "GET /products?min_rating=4&max_price=100&in_stock=true", _ => [new("/products?min_rating=4&max_price=100&in_stock=true")]),
        Large("search", "GET /products?search=word", _ => Searches("")),
        Large("facets", "GET /products/facets", _ => [new("/products/facets")]),
        Large("relevance", "GET /products?search=word&sort=relevance", _ => Searches("&sort=relevance")),
        new()
        {
            Name = "order", Title = "POST /orders with two lines, placed", Against = "one transaction: order, two lines, two stock updates",
            Cached = true, Floor = 0.4, Goal = 0.7, WarmUp = 20,
            Prepare = async stage => new Loads(new Wrk(await OrdersAsync(stage)), new Wrk(await OrdersAsync(stage))),
        },
        new()
        {
            Name = "checkout", Title = "two cart items, checkout, pay; 16 clients, orders", Against = "the same transaction", Cached = true, Floor = 0.1, Goal = 0.25, WarmUp = 20,
            Prepare = async stage =>
            {
                var flow = await CheckoutLoad.PrepareAsync(stage.Subject, stage.Catalog);
                return new Loads(flow, new OrderLoad(stage.Catalog)) { Note = flow.Pays ? null : "without paying, which this shop can't do yet" };
            },
        },
        new()
        {
            Name = "not-modified", Title = "If-None-Match hit (304)", Against = "static JSON", Cached = true, Floor = 0.6, Goal = 0.9,
            Prepare = async stage => new Loads(new Wrk(await TagsAsync(stage)), Static("product")),
        },
    ];

    private static Scenario Large(string name, string title, Func<Stage, IReadOnlyList<WrkRequest>> requests) => new()
    {
        Name = "large-" + name,
        Title = $"{title}, 1,000,000 products, cache off",
        Against = "fewer products",
        Floor = 0.6,
        Goal = 0.9,
        Subject = Server.LargeShop,
        Reference = Server.Shop,
        Obstacle = catalog => catalog.Products < LargeCatalog ? null : "needs a smaller catalog to compare with",
        Prepare = stage =>
        {
            var load = new Wrk(requests(stage));
            return Task.FromResult(new Loads(load, load));
        },
    };

    private static Task<Loads> SamePaths(IReadOnlyList<WrkRequest> requests)
    {
        var load = new Wrk(requests);
        return Task.FromResult(new Loads(load, load) { SameAnswers = [.. requests.Take(5).Select(request => (request.Path, request.Path))] });
    }

    private static Wrk Static(string name) => Get("/static/" + name);

    private static Wrk Get(string path) => new([new WrkRequest(path)]);

    internal static WrkRequest[] Products(Stage stage) =>
        [.. Enumerable.Range(0, Requests).Select(_ => new WrkRequest(Text($"/products/{Random.Shared.Next(stage.Catalog.Products) + 1}")))];

    private static WrkRequest[] CheapestOf() =>
        [.. Enumerable.Range(1, Catalog.Categories).Select(category => new WrkRequest(Text($"/products?category_id={category}&sort=price")))];

    internal static WrkRequest[] Searches(string more) =>
        [.. Enumerable.Range(0, Catalog.Words).Select(word => new WrkRequest($"/products?search={Catalog.Word(word)}{more}"))];

    internal static async Task<WrkRequest[]> OrdersAsync(Stage stage)
    {
        var buyers = await Client.BuyersAsync(stage.Subject, Catalog.Buyers);
        return [.. Enumerable.Range(0, Requests).Select(i => new WrkRequest("/orders", OrderLoad.Body(stage.Catalog).ToJsonString(), buyers[i % buyers.Length].Token))];
    }

    private static async Task<WrkRequest[]> TagsAsync(Stage stage)
    {
        var requests = Products(stage)[..200];
        for (var i = 0; i < requests.Length; i++)
            requests[i] = requests[i] with { IfNoneMatch = (await new Client().GetAsync(new Uri(stage.Subject, requests[i].Path))).ETag };
        return requests;
    }

    private static async Task<string> CursorAsync(Uri shop)
    {
        string? cursor = null;
        for (var page = 1; page < DeepPage; page++)
        {
            var answer = await new Client().GetAsync(new Uri(shop, cursor is null ? "/products" : $"/products?cursor={cursor}"));
            answer.Require(HttpStatusCode.OK);
            cursor = answer.NextCursor ?? throw new BenchException($"The catalog ended on page {page}.");
        }

        return cursor!;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
