using Microsoft.Extensions.DependencyInjection;
using Shop.Infrastructure.Reports;
using Shop.WebApi.FunctionalTests.Analytics;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Reports;

[Parallelizable(ParallelScope.Self)]
public sealed class ReportTests
{
    [Test]
    public async Task Sales_are_every_line_sold_or_given_back_and_add_up_to_revenue()
    {
        await using var shop = await AnalyticsShop.StartAsync("2026-10-24T12:00:00Z");
        var buyer = await shop.Server.CustomerAsync();
        var product = await shop.ProductAsync(price: 9.99m);
        await shop.RecordAsync(buyer, product, quantity: 2);
        var refunded = await shop.OrderAsync(buyer, product, 3, "paid");
        var order = await shop.OrderAsync(buyer, product, 1, "paid");
        (await shop.Admin.PostAsync($"/orders/{order}/refunds", new { amount = 1.5, reason = "scratched" })).ShouldBe(201);
        await shop.AtAsync("2026-10-25T12:00:00Z");
        await shop.MoveAsync(refunded, "refunded");

        var rows = await ReadAsync(shop, new { type = "sales", from = "2026-10-24", to = "2026-10-25" });

        rows[0].ShouldBe("day,kind,order_id,order_number,status,line_id,customer_id,customer,product_id,sku,product,quantity,unit_price,discount,revenue,currency,paid_at");
        rows.Skip(1).Select(row => row.Split(',')).Select(row => $"{row[0]} {row[1]} {row[11]} {row[14]}").ShouldBe(
            ["2026-10-24 sale 2 19.98", "2026-10-24 sale 3 29.97", "2026-10-24 sale 1 9.99", "2026-10-24 partial_refund 0 -1.50", "2026-10-25 refund -3 -29.97"],
            ignoreOrder: true);
        (await ReadAsync(shop, new { type = "sales", from = "2026-10-25" })).Length.ShouldBe(2);
    }

    [Test]
    public async Task Products_customers_and_inventory_are_listed_and_formulas_are_text()
    {
        await using var shop = await AnalyticsShop.StartAsync();
        var buyer = await shop.Server.CustomerAsync();
        var formulas = new List<long>();
        foreach (var name in (string[])["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "plain, \"quoted\"", "Größe"])
        {
            formulas.Add((await shop.Admin.PostAsync("/products", new { name, price = 2, stock = 10 })).ShouldBe(201).Id);
        }

        await shop.RecordAsync(buyer, formulas[0], quantity: 3);
        await shop.OrderAsync(buyer, formulas[1], 4);

        var products = string.Join("\n", await ReadAsync(shop, new { type = "products" }));
        foreach (var cell in (string[])[",'=1+1,", ",'+1,", ",'-1,", ",'@SUM(A1),", "plain, \"\"quoted\"\"", "Größe"])
        {
            products.ShouldContain(cell);
        }

        products.ShouldNotContain(",=");
        products.Split('\n')[0].ShouldBe("product_id,sku,product,category,price,currency,stock,units_sold,revenue,rating,review_count,listed_at,withdrawn_at");
        products.Split('\n')[1].ShouldContain(",2.00,EUR,7,3,6.00,");
        (await ReadAsync(shop, new { type = "customers" })).ShouldContain(row => row.StartsWith($"{buyer.UserId},{buyer.Username},,,,1,6.00,EUR,2026-10-24,2026-10-24,", StringComparison.Ordinal));
        (await ReadAsync(shop, new { type = "inventory" })).ShouldContain(row => row.Contains(",'+1,,6,4,2.00,12.00,EUR,", StringComparison.Ordinal));
    }

    [Test]
    public async Task It_is_queued_then_done_and_forgotten_after_a_week()
    {
        await using var shop = await AnalyticsShop.StartAsync("2026-10-24T12:00:00Z");
        var asked = (await shop.Admin.PostAsync("/reports", new { type = "inventory" })).ShouldBe(202);
        asked.Header("Location").ShouldBe($"/reports/{asked.Id}");
        (asked.Text("type"), asked.Text("status"), asked["progress"].GetInt32(), asked.Text("finished_at")).ShouldBe(("inventory", "queued", 0, null));
        (await shop.Admin.GetAsync($"/reports/{asked.Id}/content")).ShouldBeProblem(409, "report_not_done");

        (await Worker(shop).RunAsync(default)).ShouldBeTrue();
        (await Worker(shop).RunAsync(default)).ShouldBeFalse();

        var done = (await shop.Admin.GetAsync($"/reports/{asked.Id}")).ShouldBe(200);
        (done.Text("status"), done["progress"].GetInt32()).ShouldBe(("done", 100));
        done.Text("finished_at").ShouldNotBeNull();
        var content = (await shop.Admin.GetAsync($"/reports/{asked.Id}/content")).ShouldBe(200);
        content.ContentType.ShouldBe("text/csv");
        content.Header("Content-Disposition")!.ShouldContain($"inventory-{asked.Id}.csv");

        await shop.AtAsync("2026-10-31T11:59:00Z");
        await Worker(shop).PurgeAsync(default);
        (await shop.Admin.GetAsync($"/reports/{asked.Id}")).ShouldBe(200);
        await shop.AtAsync("2026-10-31T12:10:00Z");
        (await shop.Admin.GetAsync($"/reports/{asked.Id}")).ShouldBeProblem(404, "report_not_found");
        (await shop.Admin.GetAsync($"/reports/{asked.Id}/content")).ShouldBeProblem(404, "report_not_found");
        await Worker(shop).PurgeAsync(default);
        (await shop.Server.ScalarAsync<long>("SELECT (SELECT count(*) FROM reports) + (SELECT count(*) FROM report_chunks)")).ShouldBe(0);
    }

    [Test]
    public async Task A_report_whose_worker_was_killed_is_taken_over_and_ends_the_same()
    {
        await using var shop = await AnalyticsShop.StartAsync("2026-10-24T12:00:00Z");
        await shop.ProductAsync();
        var report = (await shop.Admin.PostAsync("/reports", new { type = "inventory" })).ShouldBe(202).Id;
        await shop.Server.ScalarAsync<long>($"""
            WITH c AS (INSERT INTO report_chunks (report_id, no, bytes) VALUES ({report}, 0, 'half of '), ({report}, 1, 'a file'))
            UPDATE reports SET status = 'running', progress = 40, attempts = 1, lease_owner = gen_random_uuid(), lease_until = '2026-10-24T12:05:00Z'
            WHERE id = {report} RETURNING id
            """);
        (await Worker(shop).RunAsync(default)).ShouldBeFalse("its lease has not ended");

        await shop.AtAsync("2026-10-24T12:05:01Z");
        (await AtOnceAsync(shop, workers: 4)).ShouldBe(1);

        var content = (await shop.Admin.GetAsync($"/reports/{report}/content")).ShouldBe(200).Body;
        content.ShouldStartWith("product_id,sku,product,");
        content.Split("\r\n").Length.ShouldBe(3);
    }

    [Test]
    public async Task A_report_that_kills_its_workers_fails_in_the_end()
    {
        await using var shop = await AnalyticsShop.StartAsync("2026-10-24T12:00:00Z");
        var report = (await shop.Admin.PostAsync("/reports", new { type = "inventory" })).ShouldBe(202).Id;
        await shop.Server.ScalarAsync<long>($"""
            UPDATE reports SET status = 'running', attempts = {ReportWorker.MaxAttempts}, lease_owner = gen_random_uuid(), lease_until = '2026-10-24T11:00:00Z'
            WHERE id = {report} RETURNING id
            """);

        await Worker(shop).RunAsync(default);

        var failed = (await shop.Admin.GetAsync($"/reports/{report}")).ShouldBe(200);
        failed.Text("status").ShouldBe("failed");
        failed.Text("finished_at").ShouldNotBeNull();
        (await shop.Admin.GetAsync($"/reports/{report}/content")).ShouldBeProblem(409, "report_failed");
    }

    [Test]
    public async Task Only_admins_ask_and_what_makes_no_sense_is_refused()
    {
        await using var shop = await AnalyticsShop.StartAsync();
        var customer = await shop.Server.CustomerAsync();
        (await shop.Server.Anonymous().PostAsync("/reports", new { type = "sales" })).ShouldBeProblem(401, "unauthenticated");
        (await customer.PostAsync("/reports", new { type = "sales" })).ShouldBeProblem(403, "admin_only");
        (await customer.GetAsync("/reports/1/content")).ShouldBeProblem(403, "admin_only");
        (await shop.Admin.PostAsync("/reports", new { })).ShouldBeProblem(400, "validation_failed", "type");
        (await shop.Admin.PostAsync("/reports", new { type = "everything" })).ShouldBeProblem(400, "validation_failed", "type");
        (await shop.Admin.PostAsync("/reports", new { type = "sales", from = "soon" })).ShouldBeProblem(400, "validation_failed", "from");
        (await shop.Admin.PostAsync("/reports", new { type = "sales", from = "2026-10-02", to = "2026-10-01" })).ShouldBeProblem(400, "validation_failed", "to");
        (await shop.Admin.GetAsync("/reports/99")).ShouldBeProblem(404, "report_not_found");
    }

    private static ReportWorker Worker(AnalyticsShop shop) => shop.Server.Services.GetRequiredService<ReportWorker>();

    private static async Task<int> AtOnceAsync(AnalyticsShop shop, int workers) =>
        (await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(() => Worker(shop).RunAsync(default))))).Count(made => made);

    /// <summary>Asks for a report, makes it, and reads its lines.</summary>
    private static async Task<string[]> ReadAsync(AnalyticsShop shop, object body)
    {
        var report = (await shop.Admin.PostAsync("/reports", body)).ShouldBe(202);
        await Worker(shop).RunAsync(default);
        return (await shop.Admin.GetAsync($"/reports/{report.Id}/content")).ShouldBe(200).Body.TrimEnd('\r', '\n').Split("\r\n");
    }
}
