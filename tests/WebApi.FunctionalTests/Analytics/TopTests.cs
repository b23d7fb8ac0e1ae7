
namespace Shop.WebApi.FunctionalTests.Analytics;

[Parallelizable(ParallelScope.Self)]
public sealed class TopTests
{
    [Test]
    public async Task The_best_of_a_range_come_first_and_the_lowest_id_where_they_are_equal()
    {
        await using var shop = await AnalyticsShop.StartAsync("2026-08-31T12:00:00Z");
        var (anna, bert, cleo) = (await shop.Server.CustomerAsync(), await shop.Server.CustomerAsync(), await shop.Server.CustomerAsync());
        var (lamp, chair, table) = (await shop.ProductAsync(price: 1), await shop.ProductAsync(price: 10), await shop.ProductAsync(price: 5));
        await shop.RecordAsync(anna, lamp, 5);
        await shop.AtAsync("2026-09-15T12:00:00Z");
        await shop.RecordAsync(bert, chair, 2);
        await shop.RecordAsync(cleo, table, 4);
        var back = await shop.OrderAsync(bert, lamp, 9, "paid");
        await shop.AtAsync("2026-10-01T12:00:00Z");
        await shop.RecordAsync(anna, table, 1);
        await shop.MoveAsync(back, "refunded");

        foreach (var isFolded in (bool[])[false, true])
        {
            _ = isFolded && await shop.FoldAsync() > 0;
            await ShouldBeAsync(shop, "top_products", "", "units_sold", (lamp, 5, 5m), (table, 5, 25m), (chair, 2, 20m));
            await ShouldBeAsync(shop, "top_products", "?limit=1&to=2026-09-30", "units_sold", (lamp, 14, 14m));
            await ShouldBeAsync(shop, "top_products", "?from=2026-09-01&to=2026-09-30", "units_sold", (lamp, 9, 9m), (table, 4, 20m), (chair, 2, 20m));
            await ShouldBeAsync(shop, "top_products", "?from=2026-08-31&to=2026-10-01", "units_sold", (lamp, 5, 5m), (table, 5, 25m), (chair, 2, 20m));
            await ShouldBeAsync(shop, "top_products", "?from=2026-09-02&to=2026-10-30", "units_sold", (table, 5, 25m), (chair, 2, 20m));
            await ShouldBeAsync(shop, "top_products", "?from=2026-09-15T00:00:00Z&to=2026-09-16T00:00:00Z", "units_sold", (lamp, 9, 9m), (table, 4, 20m), (chair, 2, 20m));
            await ShouldBeAsync(shop, "top_customers", "", "orders", (bert.UserId, 1, 20m), (cleo.UserId, 1, 20m), (anna.UserId, 2, 10m));
            await ShouldBeAsync(shop, "top_customers", "?from=2026-09-01&limit=2", "orders", (bert.UserId, 1, 20m), (cleo.UserId, 1, 20m));
            await ShouldBeAsync(shop, "top_customers", "?from=2026-10-01", "orders", (anna.UserId, 1, 5m));
            await ShouldBeAsync(shop, "top_customers", "?from=2026-11-01", "orders");
        }

        (await shop.Admin.DeleteAsync($"/products/{lamp}")).ShouldBe(204);
        (await shop.Admin.DeleteAsync($"/users/{bert.UserId}")).ShouldBe(200);
        await ShouldBeAsync(shop, "top_products", "?limit=1", "units_sold", (lamp, 5, 5m));
        await ShouldBeAsync(shop, "top_customers", "?limit=1", "orders", (cleo.UserId, 1, 20m));
        await shop.ShouldPassAuditAsync();
    }

    [Test]
    public async Task A_range_tells_the_same_by_years_months_and_days()
    {
        await using var shop = await AnalyticsShop.StartAsync("2024-12-31T12:00:00Z");
        var (anna, bert) = (await shop.Server.CustomerAsync(), await shop.Server.CustomerAsync());
        var (lamp, chair) = (await shop.ProductAsync(price: 1.01m), await shop.ProductAsync(price: 0.99m));
        string[] days = ["2024-12-31", "2025-01-01", "2025-02-11", "2025-02-12", "2025-06-30", "2025-11-20", "2025-11-21", "2025-12-31", "2026-01-01"];
        foreach (var (day, number) in days.Select((day, number) => (day, number)))
        {
            await shop.AtAsync($"{day}T12:00:00Z");
            await shop.RecordAsync(anna, lamp, 1 << number);
            await shop.RecordAsync(bert, chair, 1);
        }

        foreach (var isFolded in (bool[])[false, true])
        {
            _ = isFolded && await shop.FoldAsync() > 0;
            for (var from = 0; from < days.Length; from++)
            {
                for (var to = from; to < days.Length; to++)
                {
                    var (query, units, orders) = ($"?from={days[from]}&to={days[to]}", (1 << (to + 1)) - (1 << from), to - from + 1);
                    (long, int, decimal)[] products = [(lamp, units, 1.01m * units), (chair, orders, 0.99m * orders)];
                    await ShouldBeAsync(shop, "top_products", query, "units_sold", [.. products.OrderByDescending(product => product.Item2).ThenBy(product => product.Item1)]);
                    await ShouldBeAsync(shop, "top_customers", query, "orders", (anna.UserId, orders, 1.01m * units), (bert.UserId, orders, 0.99m * orders));
                }
            }
        }

        await shop.ShouldPassAuditAsync();
    }

    private static async Task ShouldBeAsync(AnalyticsShop shop, string list, string query, string count, params (long Id, int Count, decimal Revenue)[] expected) =>
        (await shop.Admin.GetAsync($"/analytics/{list}{query}")).ShouldBe(200).Json.EnumerateArray()
            .Select(each => (each.GetProperty("id").GetInt64(), each.GetProperty(count).GetInt32(), each.GetProperty("revenue").GetDecimal()))
            .ShouldBe(expected, list + query);
}
