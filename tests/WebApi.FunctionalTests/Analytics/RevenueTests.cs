using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Analytics;

[Parallelizable(ParallelScope.Self)]
public sealed class RevenueTests
{
    [Test]
    public async Task A_purchase_counts_at_once_after_discount_and_what_goes_back_counts_against_the_day_of_that()
    {
        await using var shop = await AnalyticsShop.StartAsync("2026-10-24T12:00:00Z");
        var buyer = await shop.Server.CustomerAsync();
        var product = await shop.ProductAsync(price: 9.99m);
        (await shop.Admin.PostAsync("/coupons", new { code = "TEN", percent = 10 })).ShouldBe(201);

        await shop.RecordAsync(buyer, product, quantity: 2);
        await shop.ShouldTellAsync("from=2026-10-24&to=2026-10-24", "2026-10-24 19.98 1 2 19.98");

        await buyer.PutInCartAsync(product, 3);
        var order = await buyer.PostAsync("/cart/checkout", new { shipping_address = Buying.Address(), coupon = "TEN" });
        await shop.ShouldTellAsync("from=2026-10-24&to=2026-10-24", "2026-10-24 19.98 1 2 19.98");
        await shop.MoveAsync(order.ShouldBe(201).Id, "paid");
        var cancelled = await shop.OrderAsync(buyer, product, 1, "paid");
        await shop.OrderAsync(buyer, product, 7, "cancelled");
        await shop.ShouldTellAsync("from=2026-10-24&to=2026-10-24", "2026-10-24 56.94 3 6 18.98");

        await shop.AtAsync("2026-10-25T00:00:00Z");
        await shop.MoveAsync(order.Id, "shipped");
        await shop.MoveAsync(cancelled, "cancelled");
        await shop.AtAsync("2026-11-02T00:00:00Z");
        await shop.MoveAsync(order.Id, "delivered", "refunded");

        await shop.ShouldTellAsync("from=2026-10-23&to=2026-10-25", "2026-10-23 0 0 0 ", "2026-10-24 56.94 3 6 18.98", "2026-10-25 -9.99 -1 -1 ");
        await shop.ShouldTellAsync("interval=week", "2026-10-19 46.95 2 5 23.48", "2026-10-26 0 0 0 ", "2026-11-02 -26.97 -1 -3 ");
        await shop.ShouldTellAsync("interval=month", "2026-10-01 46.95 2 5 23.48", "2026-11-01 -26.97 -1 -3 ");
    }

    [Test]
    public async Task Parts_that_are_refunded_count_against_their_own_days()
    {
        await using var shop = await AnalyticsShop.StartAsync("2026-10-24T12:00:00Z");
        var buyer = await shop.Server.CustomerAsync();
        var product = await shop.ProductAsync(price: 10);
        var order = await shop.OrderAsync(buyer, product, 3);
        (await shop.Admin.PostAsync($"/orders/{order}/payments", new { method = "sandbox_ok" })).ShouldBe(201);
        await shop.AtAsync("2026-10-25T12:00:00Z");
        (await shop.Admin.PostAsync($"/orders/{order}/refunds", new { amount = 4.5, reason = "late" })).ShouldBe(201);
        await shop.ShouldTellAsync("", "2026-10-24 30 1 3 30", "2026-10-25 -4.5 0 0 ");
        (await shop.Admin.GetAsync("/purchases/analytic/most_valuable_customer")).ShouldBe(200)["revenue"].GetDecimal().ShouldBe(25.5m);

        await shop.AtAsync("2026-10-26T12:00:00Z");
        (await shop.Admin.PostAsync($"/orders/{order}/refunds", new { reason = "broken" })).ShouldBe(201);
        (await shop.Admin.GetAsync($"/orders/{order}")).ShouldBe(200).Text("status").ShouldBe("refunded");

        await shop.ShouldTellAsync("", "2026-10-24 30 1 3 30", "2026-10-25 -4.5 0 0 ", "2026-10-26 -25.5 -1 -3 ");
        var customers = (await shop.Admin.GetAsync("/analytics/top_customers?to=2026-10-25")).ShouldBe(200);
        (customers.Json[0].GetProperty("revenue").GetDecimal(), customers.Json[0].GetProperty("orders").GetInt32()).ShouldBe((25.5m, 1));
        (await shop.Admin.GetAsync("/purchases/analytic/most_valuable_customer")).ShouldBeProblem(404, "no_purchases");

        await using (var tokyo = shop.Server.StartSecondNode(AnalyticsShop.Zone("Asia/Tokyo")))
        {
            tokyo.Services.ShouldNotBeNull();
        }

        await shop.ShouldTellAsync("", "2026-10-24 30 1 3 30", "2026-10-25 -4.5 0 0 ", "2026-10-26 -25.5 -1 -3 ");
    }

    [Test]
    public async Task Days_begin_and_end_at_midnight_of_the_shop_also_where_clocks_change()
    {
        await using var shop = await AnalyticsShop.StartAsync(zone: "Europe/Berlin");
        var buyer = await shop.Server.CustomerAsync();
        foreach (var (time, price) in ((string, int)[])[
            ("2026-10-24T21:59:59Z", 1), ("2026-10-24T22:00:00Z", 10), ("2026-10-25T22:59:59Z", 100), ("2026-10-25T23:00:00Z", 1000)])
        {
            var product = await shop.ProductAsync(price);
            await shop.AtAsync(time);
            await shop.RecordAsync(buyer, product);
        }

        await shop.ShouldTellAsync("from=2026-10-24&to=2026-10-26", "2026-10-24 1 1 1 1", "2026-10-25 110 2 2 55", "2026-10-26 1000 1 1 1000");
        await shop.ShouldTellAsync("from=2026-10-24T22:00:00Z&to=2026-10-25T23:00:00Z", "2026-10-25 110 2 2 55");
        await shop.ShouldTellAsync("from=2026-10-25T00:00:00+02:00&to=2026-10-26T00:00:00%2B01:00&interval=month", "2026-10-01 110 2 2 55");
    }

    [Test]
    public async Task Another_time_zone_counts_all_days_again_at_the_next_start()
    {
        await using var shop = await AnalyticsShop.StartAsync("2026-10-24T23:30:00Z");
        var buyer = await shop.Server.CustomerAsync();
        var product = await shop.ProductAsync(price: 3);
        await shop.RecordAsync(buyer, product);
        var order = await shop.OrderAsync(buyer, product, 2, "paid");
        await shop.FoldAsync();
        await shop.AtAsync("2026-10-31T23:30:00Z");
        await shop.MoveAsync(order, "refunded");
        await shop.ShouldTellAsync("from=2026-10-24&to=2026-10-25", "2026-10-24 9 2 3 4.5", "2026-10-25 0 0 0 ");

        await using (var tokyo = shop.Server.StartSecondNode(AnalyticsShop.Zone("Asia/Tokyo")))
        {
            tokyo.Services.ShouldNotBeNull();
        }

        await shop.ShouldTellAsync("from=2026-10-24&to=2026-10-25", "2026-10-24 0 0 0 ", "2026-10-25 9 2 3 4.5");
        await shop.ShouldTellAsync("from=2026-10-01&to=2026-11-30&interval=month", "2026-10-01 9 2 3 4.5", "2026-11-01 -6 -1 -2 ");
    }

    [Test]
    public async Task A_shop_older_than_the_counting_is_counted_when_it_starts()
    {
        await using var shop = await AnalyticsShop.StartAsync("2026-10-24T12:00:00Z");
        var buyer = await shop.Server.CustomerAsync();
        var product = await shop.ProductAsync(price: 3);
        await shop.RecordAsync(buyer, product);
        var order = await shop.OrderAsync(buyer, product, 2, "paid");
        await shop.AtAsync("2026-10-25T12:00:00Z");
        await shop.MoveAsync(order, "cancelled");
        await shop.Server.ScalarAsync<long>("""
            WITH c AS (DELETE FROM sales_calendar), e AS (DELETE FROM sales_entries), t AS (DELETE FROM sales_totals),
                o AS (UPDATE orders SET refunded_at = NULL RETURNING 1)
            SELECT count(*) FROM o
            """);

        await using (var upgraded = shop.Server.StartSecondNode())
        {
            upgraded.Services.ShouldNotBeNull();
        }

        await shop.ShouldTellAsync("from=2026-10-24", "2026-10-24 9 2 3 4.5", "2026-10-25 -6 -1 -2 ");
    }

    [Test]
    public async Task A_shop_without_the_totals_of_years_is_counted_again_when_it_starts()
    {
        await using var shop = await AnalyticsShop.StartAsync("2026-10-24T12:00:00Z");
        var buyer = await shop.Server.CustomerAsync();
        await shop.RecordAsync(buyer, await shop.ProductAsync(price: 3));
        await shop.FoldAsync();
        await shop.Server.ScalarAsync<long>("WITH t AS (DELETE FROM sales_totals WHERE series > 5 RETURNING 1) SELECT count(*) FROM t");

        await using (var upgraded = shop.Server.StartSecondNode())
        {
            upgraded.Services.ShouldNotBeNull();
        }

        (await shop.Admin.GetAsync("/analytics/top_customers?from=2026-01-01&to=2026-12-31")).ShouldBe(200).Ids().ShouldBe([buyer.UserId]);
        await shop.ShouldPassAuditAsync();
    }

    [Test]
    public async Task Corrections_count_on_the_day_of_the_sale()
    {
        await using var shop = await AnalyticsShop.StartAsync("2026-10-24T12:00:00Z");
        var (anna, bert) = (await shop.Server.CustomerAsync(), await shop.Server.CustomerAsync());
        var (lamp, chair) = (await shop.ProductAsync(price: 3), await shop.ProductAsync(price: 50));
        var moved = await shop.RecordAsync(anna, lamp, quantity: 4);
        var gone = await shop.RecordAsync(anna, chair);
        await shop.FoldAsync();
        await shop.AtAsync("2026-10-26T12:00:00Z");

        (await shop.Admin.PatchAsync($"/purchases/{moved.Id}", new { user_id = bert.UserId, product_id = chair })).ShouldBe(200);
        await shop.ShouldTellAsync("from=2026-10-24", "2026-10-24 62 2 5 31", "2026-10-25 0 0 0 ", "2026-10-26 0 0 0 ");
        (await shop.Admin.GetAsync("/analytics/top_customers")).ShouldBe(200).Ids().ShouldBe([anna.UserId, bert.UserId]);
        var products = (await shop.Admin.GetAsync("/analytics/top_products")).ShouldBe(200);
        products.Ids().ShouldBe([chair]);
        (products.Json[0].GetProperty("units_sold").GetInt32(), products.Json[0].GetProperty("revenue").GetDecimal()).ShouldBe((5, 62m));

        (await shop.Admin.DeleteAsync($"/purchases/{gone.Id}")).ShouldBe(200);
        await shop.ShouldTellAsync("from=2026-10-24", "2026-10-24 12 1 4 12", "2026-10-25 0 0 0 ", "2026-10-26 0 0 0 ");
        (await shop.Admin.GetAsync("/analytics/top_customers")).ShouldBe(200).Ids().ShouldBe([bert.UserId]);
    }

    [Test]
    public async Task Imported_history_counts_on_its_days_and_follows_what_becomes_of_it()
    {
        await using var shop = await AnalyticsShop.StartAsync("2026-10-24T12:00:00Z", zone: "Europe/Berlin");
        string[] rows =
        [
            "1,A,LAMP,2,2010-12-01 08:26:00,2.55,7,United Kingdom", "1,B,SHADE,1,2010-12-01 08:26:00,3.40,7,United Kingdom",
            "2,A,LAMP,4,2010-12-31 22:59:00,2.55,8,United Kingdom", "3,A,LAMP,1,2010-12-31 23:00:00,2.55,7,United Kingdom",
        ];
        (await shop.Admin.BackfillAsync(Csv.File(Csv.Sales, rows), "?dry_run=true")).ShouldBe(200);
        await shop.ShouldTellAsync("from=2010-12-01&to=2011-01-01&interval=month", "2010-12-01 0 0 0 ", "2011-01-01 0 0 0 ");

        (await shop.Admin.BackfillAsync(Csv.File(Csv.Sales, rows))).ShouldBe(200);
        (await shop.Admin.BackfillAsync(Csv.File(Csv.Sales, rows))).ShouldBe(200);
        await shop.ShouldTellAsync("from=2010-12-01&to=2011-01-01&interval=month", "2010-12-01 18.7 2 7 9.35", "2011-01-01 2.55 1 1 2.55");

        var imported = await shop.Server.ScalarAsync<long>("SELECT id FROM order_items WHERE sku = 'B'");
        (await shop.Admin.PatchAsync($"/purchases/{imported}", new { product_id = await shop.ProductAsync() })).ShouldBe(200);
        await shop.ShouldTellAsync("from=2010-12-01&to=2010-12-01", "2010-12-01 8.5 2 3 4.25");

        var refunded = await shop.Server.ScalarAsync<long>("SELECT id FROM orders WHERE number = '2'");
        await shop.MoveAsync(refunded, "refunded");
        await shop.ShouldTellAsync("from=2026-10-24", "2026-10-24 -10.2 -1 -4 ");

        rows[2] = rows[2].Replace(",4,", ",5,", StringComparison.Ordinal);
        rows[0] = rows[0].Replace(",2,", ",3,", StringComparison.Ordinal);
        (await shop.Admin.BackfillAsync(Csv.File(Csv.Sales, rows))).ShouldBe(200);
        await shop.ShouldTellAsync("from=2010-12-01&to=2011-01-01&interval=month", "2010-12-01 23.8 2 9 11.9", "2011-01-01 2.55 1 1 2.55");
        await shop.ShouldTellAsync("from=2026-10-24", "2026-10-24 0 0 0 ");
    }

    [Test]
    public async Task Orders_that_are_paid_at_once_add_up_while_they_are_added_up()
    {
        await using var shop = await AnalyticsShop.StartAsync();
        var product = await shop.ProductAsync(price: 2.5m);
        var buyers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shop.Server.CustomerAsync()));
        var orders = await Task.WhenAll(buyers.Select(buyer => shop.OrderAsync(buyer, product, 3)));
        using var stop = new CancellationTokenSource();
        var folding = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await shop.FoldAsync();
                (await shop.RevenueAsync("from=2026-10-24&to=2026-10-24")).ShouldHaveSingleItem();
            }
        });

        (await AtOnce.AllAsync(orders.Select(id => (Func<Task<Answer>>)(() => shop.Admin.PutAsync($"/orders/{id}", new { status = "paid" })))))
            .ShouldAllBe(answer => answer.Status == 200);
        await stop.CancelAsync();
        await folding;

        await shop.ShouldTellAsync("from=2026-10-24&to=2026-10-24", "2026-10-24 150 20 60 7.5");
    }

    [Test]
    public async Task Without_a_range_it_begins_with_the_first_sale_and_ends_today()
    {
        await using var shop = await AnalyticsShop.StartAsync("2026-10-24T12:00:00Z");
        await shop.ShouldTellAsync("", "2026-10-24 0 0 0 ");
        await shop.RecordAsync(await shop.Server.CustomerAsync(), await shop.ProductAsync());
        await shop.AtAsync("2026-10-26T12:00:00Z");

        await shop.ShouldTellAsync("interval=day", "2026-10-24 10 1 1 10", "2026-10-25 0 0 0 ", "2026-10-26 0 0 0 ");
        await shop.ShouldTellAsync("from=2026-10-27");
    }
}
