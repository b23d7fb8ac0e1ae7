using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Shop.Infrastructure.Analytics;
using Shop.Infrastructure.Audit;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Analytics;

/// <summary>A shop that is one test's alone, in a zone and at a time of its choice. It does no jobs: sales are added up and reports made only when the test says so.</summary>
internal sealed class AnalyticsShop(ShopServer server, Actor admin, FakeClock clock) : IAsyncDisposable
{
    public ShopServer Server => server;

    public Actor Admin => admin;

    public static async Task<AnalyticsShop> StartAsync(string now = "2026-10-24T12:00:00Z", string zone = "UTC")
    {
        var clock = new FakeClock();
        clock.Advance(Time(now) - clock.GetUtcNow());
        var server = await ShopServer.StartAsync(Zone(zone), services => services.AddSingleton<TimeProvider>(clock));
        return new AnalyticsShop(server, await server.AdminAsync(), clock);
    }

    public static Dictionary<string, string> Zone(string zone) => new() { ["Shop:TimeZone"] = zone };

    /// <summary>Sets the clock; the admin signs in again, since tokens live an hour.</summary>
    public async Task AtAsync(string time)
    {
        clock.Advance(Time(time) - clock.GetUtcNow());
        admin.Token = (await server.AdminAsync()).Token;
    }

    public async Task<long> ProductAsync(decimal price = 10m, int stock = 1_000) =>
        (await admin.PostAsync("/products", new { name = "Thing", price, stock })).ShouldBe(201).Id;

    public async Task<Answer> RecordAsync(Actor buyer, long productId, int quantity = 1) =>
        (await admin.PostAsync("/purchases", new { user_id = buyer.UserId, product_id = productId, quantity })).ShouldBe(201);

    /// <summary>An order that the admin places for somebody and moves on.</summary>
    public async Task<long> OrderAsync(Actor buyer, long productId, int quantity, params string[] statuses)
    {
        var order = (await admin.PostAsync("/orders", new { user_id = buyer.UserId, product_id = productId, quantity, status = "placed" })).ShouldBe(201);
        await MoveAsync(order.Id, statuses);
        return order.Id;
    }

    public async Task MoveAsync(long orderId, params string[] statuses)
    {
        foreach (var status in statuses)
        {
            (await admin.PutAsync($"/orders/{orderId}", new { status })).ShouldBe(200);
        }
    }

    /// <summary>Adds the entries to the totals.</summary>
    public Task<int> FoldAsync() => server.Services.GetRequiredService<SalesFolding>().RunAsync(default);

    /// <summary>What the shop tells of revenue, a line per period: <c>period revenue orders units average</c>.</summary>
    public async Task<string[]> RevenueAsync(string query) =>
        [.. (await admin.GetAsync("/analytics/revenue?" + query)).ShouldBe(200).Json.EnumerateArray().Select(Line)];

    /// <summary>It is told the same before and after entries are added to the totals, and the books balance both times.</summary>
    public async Task ShouldTellAsync(string query, params string[] expected)
    {
        (await RevenueAsync(query)).ShouldBe(expected);
        await ShouldPassAuditAsync();
        await FoldAsync();
        (await RevenueAsync(query)).ShouldBe(expected);
        await ShouldPassAuditAsync();
    }

    public async Task ShouldPassAuditAsync() => (await ShopAudit.RunAsync(server.Services, default)).Where(finding => !finding.Holds).ShouldBeEmpty();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static string Line(JsonElement period) =>
        string.Join(' ', ((string[])["period", "revenue", "orders", "units", "average_order_value"]).Select(name => Text(period.GetProperty(name))));

    private static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? value.GetDecimal().ToString("0.##", CultureInfo.InvariantCulture) : value.ToString();

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
