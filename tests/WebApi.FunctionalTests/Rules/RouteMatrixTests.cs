using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shop.Infrastructure.Reports;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Rules;

/// <summary>Who may send what: a row for every route there is. Each is tried by nobody, its owner, another customer and the admin.</summary>
public sealed partial class RouteMatrixTests : ShopTest
{
    private static readonly Row[] Rows =
    [
        new("GET /openapi/{documentName}.json", Anyone, _ => Ids("v1")),

        new("GET /health/live", Anyone),
        new("GET /health/ready", Anyone),

        new("POST /auth/register", Anyone),
        new("POST /auth/login", Anyone),
        new("POST /auth/refresh", Anyone),
        new("POST /auth/logout", Anyone),
        new("POST /auth/change_password", SignedIn),
        new("POST /auth/forgot_password", Anyone),
        new("POST /auth/reset_password", Anyone),
        new("POST /auth/confirm_email", Anyone),
        new("POST /auth/resend_confirmation", Anyone),

        new("POST /users", Anyone),
        new("GET /users", AdminOnly),
        new("GET /users/me", SignedIn),
        new("GET /users/{id}", Private, Self),
        new("PATCH /users/{id}", Private, Self),
        new("DELETE /users/{id}", Private, Self),
        new("PUT /users/{id}/roles", AdminOnly, Self, """{"roles":[]}"""),

        new("GET /users/{user_id}/addresses", HeldSignedIn, Self),
        new("POST /users/{user_id}/addresses", HeldSignedIn, Self, """{"name":"x","line1":"x","city":"x","postal_code":"x","country":"DE"}"""),
        new("GET /users/{user_id}/addresses/{id}", HeldSignedIn, UserAddress),
        new("PUT /users/{user_id}/addresses/{id}", HeldSignedIn, UserAddress, """{"name":"x","line1":"x","city":"x","postal_code":"x","country":"DE"}"""),
        new("PATCH /users/{user_id}/addresses/{id}", HeldSignedIn, UserAddress),
        new("DELETE /users/{user_id}/addresses/{id}", HeldSignedIn, UserAddress),

        new("GET /products", Anyone),
        new("GET /products/facets", Anyone),
        new("POST /products", SignedIn),
        new("GET /products/{id}", Anyone, Product),
        new("PUT /products/{id}", Public, Product, """{"name":"x","price":1}"""),
        new("PATCH /products/{id}", Public, Product),
        new("DELETE /products/{id}", Public, Product),
        new("GET /products/{id}/similar", Anyone, Product),
        new("GET /products/data/backfill", AdminOnly),
        new("POST /products/data/backfill", AdminOnly),
        new("GET /products/data/export", AdminOnly),

        new("GET /categories", Anyone),
        new("POST /categories", AdminOnly),
        new("GET /categories/{id}", Anyone, Category),
        new("PUT /categories/{id}", AdminOnly, Category, """{"name":"Replaced"}"""),
        new("PATCH /categories/{id}", AdminOnly, Category),
        new("DELETE /categories/{id}", AdminOnly, Category),

        new("GET /products/{id}/reviews", Anyone, Product),
        new("POST /products/{id}/reviews", SignedIn, Product, """{"rating":5}"""),
        new("GET /reviews/{id}", Anyone, Review),
        new("PUT /reviews/{id}", Public, Review, """{"rating":4}"""),
        new("PATCH /reviews/{id}", Public, Review),
        new("DELETE /reviews/{id}", Public, Review),

        new("GET /favorites", SignedIn),
        new("POST /favorites", SignedIn),
        new("GET /favorites/{product_id}", HeldSignedIn, Favorite),
        new("DELETE /favorites/{product_id}", HeldSignedIn, Favorite),

        new("GET /cart", Anyone),
        new("POST /cart/checkout", SignedIn),
        new("GET /cart_items", Anyone),
        new("POST /cart_items", Anyone),
        new("DELETE /cart_items", Anyone),
        new("PATCH /cart_items/{id}", Held, CartItem, """{"quantity":2}"""),
        new("DELETE /cart_items/{id}", Held, CartItem),

        new("GET /orders", SignedIn),
        new("POST /orders", SignedIn),
        new("POST /orders/current_order", SignedIn),
        new("GET /orders/{id}", Private, Order),
        new("PUT /orders/{id}", Private, Order, """{"status":"cancelled"}"""),
        new("DELETE /orders/{id}", Private, Order),
        new("GET /orders/{id}/history", Private, Order),
        new("POST /orders/{id}/checkout", Private, Order, Checkout),
        new("POST /orders/{id}/products", Private, Order, """{"product_id":999999999}"""),
        new("PATCH /orders/{id}/products/{product_id}", Private, OrderProduct, """{"quantity":2}"""),
        new("DELETE /orders/{id}/products/{product_id}", Private, OrderProduct),
        new("GET /orders/{id}/payments", Private, Order),
        new("POST /orders/{id}/payments", Private, Order, """{"method":"sandbox_ok"}"""),
        new("GET /orders/{id}/payments/{payment_id}", Private, Payment),
        new("GET /orders/{id}/refunds", AdminOnly, Order),
        new("POST /orders/{id}/refunds", AdminOnly, Order, """{"reason":"x"}"""),
        new("GET /orders/{id}/refunds/{refund_id}", AdminOnly, Refund),
        new("POST /payments/webhooks/{provider}", Anyone, _ => Ids("sandbox")),
        new("POST /users/{user_id}/orders", Private, Self, """{"product_id":999999999}"""),

        new("GET /coupons", AdminOnly),
        new("POST /coupons", AdminOnly),
        new("GET /coupons/{id}", AdminOnly, Coupon),
        new("PUT /coupons/{id}", AdminOnly, Coupon, """{"code":"Replaced","percent":5}"""),
        new("PATCH /coupons/{id}", AdminOnly, Coupon),
        new("DELETE /coupons/{id}", AdminOnly, Coupon),

        new("POST /purchases", AdminOnly),
        new("GET /purchases/{id}", Private, Purchase),
        new("PATCH /purchases/{id}", AdminOnly, Purchase),
        new("DELETE /purchases/{id}", AdminOnly, Purchase),
        new("GET /purchases/user/{id}", Private, Self),
        new("GET /purchases/analytic/most_valuable_customer", AdminOnly, Purchase),
        new("GET /purchases/analytic/most_popular_product", AdminOnly, Purchase),

        new("GET /recommendations", SignedIn),
        new("POST /recommendations/train", AdminOnly),
        new("GET /analytics/revenue", AdminOnly),
        new("GET /analytics/top_products", AdminOnly),
        new("GET /analytics/top_customers", AdminOnly),
        new("POST /reports", AdminOnly, Body: """{"type":"inventory"}"""),
        new("GET /reports/{id}", AdminOnly, Report),
        new("GET /reports/{id}/content", AdminOnly, Report),

        new("GET /outbox", AdminOnly),
        new("POST /outbox/{id}/retry", AdminOnly, OutboxEvent),

        new("GET /audit_log", AdminOnly),

        new("GET /webhooks", AdminOnly),
        new("POST /webhooks", AdminOnly),
        new("GET /webhooks/{id}", AdminOnly, Webhook),
        new("PUT /webhooks/{id}", AdminOnly, Webhook, """{"url":"https://example.org","events":["order.paid"]}"""),
        new("PATCH /webhooks/{id}", AdminOnly, Webhook),
        new("DELETE /webhooks/{id}", AdminOnly, Webhook),
        new("POST /webhooks/{id}/secret", AdminOnly, Webhook),
        new("GET /webhooks/{id}/deliveries", AdminOnly, Webhook),
        new("POST /webhooks/deliveries/{id}/retry", AdminOnly, WebhookDelivery),
    ];

    private const string Checkout = """{"shipping_address":{"name":"x","line1":"x","city":"x","postal_code":"x","country":"DE"}}""";

    private static IEnumerable<TestCaseData> Cases =>
        from row in Rows
        from caller in Enum.GetValues<Caller>()
        select new TestCaseData(row, caller).SetArgDisplayNames(row.Route, caller.ToString());

    /// <summary>Who is tried.</summary>
    public enum Caller
    {
        Nobody,
        Owner,
        Other,
        Admin,
    }

    [Test]
    public void Every_route_has_a_row_and_every_row_a_route()
    {
        var routes = Shop.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .OfType<RouteEndpoint>()
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])
                .Select(method => $"{method} {Constraint().Replace(endpoint.RoutePattern.RawText!, "").TrimEnd('/')}"))
            .ToList();

        routes.Count.ShouldBeGreaterThan(10);
        Rows.Select(row => row.Route).ShouldBeUnique();
        routes.ShouldBe(Rows.Select(row => row.Route), ignoreOrder: true);
    }

    [TestCaseSource(nameof(Cases))]
    public async Task Who_may_and_who_may_not(Row row, Caller caller)
    {
        var owner = await Shop.CustomerAsync();
        var actor = caller switch
        {
            Caller.Nobody => Shop.Anonymous(),
            Caller.Owner => owner,
            Caller.Other => await Shop.CustomerAsync(),
            _ => Admin,
        };
        var (method, path) = await row.ResolveAsync(new Stage(owner, Admin, () => Shop.Services.GetRequiredService<ReportWorker>().RunAsync(default)));

        var answer = await actor.SendAsync(method, path, method == HttpMethod.Get || method == HttpMethod.Delete ? null : row.Body);

        if (row.Refusals.TryGetValue(caller, out var refusal))
        {
            answer.ShouldBe(refusal).ContentType.ShouldBe("application/problem+json");
        }
        else if (!row.Route.StartsWith("POST /auth/", StringComparison.Ordinal))
        {
            answer.Status.ShouldNotBeOneOf(401, 403, 404, 405);
            answer.Status.ShouldBeLessThan(500, answer.Body);
        }
    }

    private static Dictionary<Caller, int> Anyone => [];

    private static Dictionary<Caller, int> SignedIn => new() { [Caller.Nobody] = 401 };

    private static Dictionary<Caller, int> AdminOnly => new() { [Caller.Nobody] = 401, [Caller.Owner] = 403, [Caller.Other] = 403 };

    /// <summary>Everybody sees it; only its owner and the admin change it.</summary>
    private static Dictionary<Caller, int> Public => new() { [Caller.Nobody] = 401, [Caller.Other] = 403 };

    /// <summary>Nobody but its owner and the admin knows of it.</summary>
    private static Dictionary<Caller, int> Private => new() { [Caller.Nobody] = 401, [Caller.Other] = 404 };

    /// <summary>Everybody has their own, an admin too.</summary>
    private static Dictionary<Caller, int> Held => new() { [Caller.Nobody] = 404, [Caller.Other] = 404, [Caller.Admin] = 404 };

    /// <summary>The same, for who is signed in.</summary>
    private static Dictionary<Caller, int> HeldSignedIn => new(Held) { [Caller.Nobody] = 401 };

    private static Task<object[]> Ids(params object[] ids) => Task.FromResult(ids);

    private static Task<object[]> Self(Stage stage) => Ids(stage.Owner.UserId);

    private static async Task<object[]> UserAddress(Stage stage) =>
        [stage.Owner.UserId, (await stage.Owner.PostAsync($"/users/{stage.Owner.UserId}/addresses", Buying.Address())).ShouldBe(201).Id];

    private static async Task<object[]> Product(Stage stage) =>
        [(await stage.Owner.PostAsync("/products", new { name = "Thing", price = 10, stock = 100 })).ShouldBe(201).Id];

    private static async Task<object[]> CartItem(Stage stage) =>
        [(await stage.Owner.PutInCartAsync((long)(await Product(stage))[0])).Id];

    private static async Task<object[]> Order(Stage stage) => [(await OrderProduct(stage))[0]];

    private static async Task<object[]> OrderProduct(Stage stage)
    {
        var product = (long)(await Product(stage))[0];
        return [(await stage.Owner.OrderAsync(product)).Id, product];
    }

    private static async Task<object[]> OutboxEvent(Stage stage) =>
        [(await stage.Admin.GetAsync("/outbox?limit=1")).ShouldBe(200).Json[0].GetProperty("id").GetInt64()];

    private static async Task<object[]> Payment(Stage stage)
    {
        var order = await stage.Owner.PlaceAsync((long)(await Product(stage))[0]);
        return [order, (await stage.Owner.PayAsync(order)).ShouldBe(201).Id];
    }

    private static async Task<object[]> Refund(Stage stage)
    {
        var order = (await Payment(stage))[0];
        return [order, (await stage.Admin.PostAsync($"/orders/{order}/refunds", new { reason = "x" })).ShouldBe(201).Id];
    }

    /// <summary>One that is done, so that its content is there.</summary>
    private static async Task<object[]> Report(Stage stage)
    {
        var report = (await stage.Admin.PostAsync("/reports", new { type = "inventory" })).ShouldBe(202);
        await Until.TrueAsync(async () =>
        {
            await stage.MakeReport();
            return (await stage.Admin.GetAsync($"/reports/{report.Id}")).ShouldBe(200)["status"].GetString() == "done";
        });

        return [report.Id];
    }

    private static async Task<object[]> Webhook(Stage stage) =>
        [(await stage.Admin.PostAsync("/webhooks", new { url = "https://example.org", events = new[] { "order.refunded" } })).ShouldBe(201).Id];

    private static async Task<object[]> WebhookDelivery(Stage stage)
    {
        var webhook = (await stage.Admin.PostAsync("/webhooks", new { url = "https://erp.invalid", events = new[] { "product.created" } })).ShouldBe(201).Id;
        await Product(stage);
        Answer? deliveries = null;
        await Until.TrueAsync(async () => (deliveries = await stage.Admin.GetAsync($"/webhooks/{webhook}/deliveries")).ShouldBe(200).Json.GetArrayLength() > 0);
        return [deliveries!.Json[0].GetProperty("id").GetInt64()];
    }

    private static async Task<object[]> Category(Stage stage) =>
        [(await stage.Admin.PostAsync("/categories", new { name = Unique("Category") })).ShouldBe(201).Id];

    private static async Task<object[]> Coupon(Stage stage) =>
        [(await stage.Admin.PostAsync("/coupons", new { code = Unique("Coupon"), percent = 5 })).ShouldBe(201).Id];

    private static async Task<object[]> Review(Stage stage) =>
        [(await stage.Owner.PostAsync($"/products/{(await Product(stage))[0]}/reviews", new { rating = 5 })).ShouldBe(201).Id];

    private static async Task<object[]> Favorite(Stage stage)
    {
        var product = await Product(stage);
        (await stage.Owner.PostAsync("/favorites", new { product_id = product[0] })).ShouldBe(201);
        return product;
    }

    private static async Task<object[]> Purchase(Stage stage) =>
        [(await stage.Admin.PostAsync("/purchases", new { user_id = stage.Owner.UserId, product_id = (await Product(stage))[0] })).ShouldBe(201).Id];

    [GeneratedRegex(@":\w+(?=})")]
    private static partial Regex Constraint();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();

    /// <summary>The people on it.</summary>
    public sealed record Stage(Actor Owner, Actor Admin, Func<Task> MakeReport);

    /// <summary>A route.</summary>
    /// <param name="Route">Method and path.</param>
    /// <param name="Refusals">Who is refused, with which status; all others may.</param>
    /// <param name="Make">Makes what the path names, the owner's; answers with what stands for the placeholders, in order.</param>
    /// <param name="Body">A valid body, where the validators stand before the owner check.</param>
    public sealed record Row(
        string Route, IReadOnlyDictionary<Caller, int> Refusals, Func<Stage, Task<object[]>>? Make = null, string Body = "{}")
    {
        public async Task<(HttpMethod Method, string Path)> ResolveAsync(Stage stage)
        {
            var ids = new Queue<object>(Make is null ? [] : await Make(stage));
            return (HttpMethod.Parse(Route.Split(' ')[0]), Placeholder().Replace(Route.Split(' ')[1], _ => ids.Dequeue().ToString()!));
        }
    }
}
