using Microsoft.Extensions.DependencyInjection;
using Shop.Application.Abstractions;
using Shop.Infrastructure.Jobs;
using Shop.Infrastructure.Reports;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Reports;

/// <summary>Which node makes a report, and when.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class ReportJobTests
{
    private static readonly Dictionary<string, string> WithJobs = new() { ["Shop:Jobs:Enabled"] = "true" };

    [Test]
    public async Task A_report_is_begun_at_once_by_the_node_that_is_asked()
    {
        await using var shop = await ShopServer.StartAsync(WithJobs, LookEvery(TimeSpan.FromDays(1), firstAfter: TimeSpan.FromDays(1)));
        var admin = await shop.AdminAsync();
        await JobIsKnownAsync(shop);

        var reports = new List<long>();
        for (var number = 0; number < 3; number++)
        {
            reports.Add((await admin.PostAsync("/reports", new { type = "inventory" })).ShouldBe(202).Id);
        }

        foreach (var report in reports)
        {
            await DoneAsync(admin, report);
        }
    }

    [Test]
    public async Task What_is_asked_of_a_node_that_does_no_jobs_is_made_by_another()
    {
        await using var shop = await ShopServer.StartAsync();
        var admin = await shop.AdminAsync();
        var report = (await admin.PostAsync("/reports", new { type = "customers" })).ShouldBe(202).Id;

        await using var second = shop.StartSecondNode(WithJobs, LookEvery(TimeSpan.FromSeconds(1), firstAfter: TimeSpan.Zero));
        second.Services.ShouldNotBeNull();

        await DoneAsync(admin, report);
    }

    [Test]
    public async Task A_node_that_is_killed_in_the_middle_leaves_a_report_that_another_makes_whole()
    {
        var clock = new FakeClock();
        await using var shop = await ShopServer.StartAsync(services: services => services.AddSingleton<TimeProvider>(clock));
        var admin = await shop.AdminAsync();
        await FillAsync(shop);
        var report = (await admin.PostAsync("/reports", new { type = "inventory" })).ShouldBe(202).Id;

        await using (var killed = await ShopProcess.StartAsync(shop.ConnectionString, FaultPoints.InReport))
        {
            await killed.DiesAsync();
        }

        (await admin.GetAsync($"/reports/{report}")).ShouldBe(200).Text("status").ShouldBe("running");
        (await shop.ScalarAsync<long>($"SELECT count(*) FROM report_chunks WHERE report_id = {report}")).ShouldBe(1);
        var worker = shop.Services.GetRequiredService<ReportWorker>();
        (await worker.RunAsync(default)).ShouldBeFalse("the node that died may still be alive");

        clock.Advance(ReportWorker.Lease);
        (await worker.RunAsync(default)).ShouldBeTrue();

        var taken = (await admin.GetAsync($"/reports/{report}/content")).ShouldBe(200).Body;
        var whole = (await admin.PostAsync("/reports", new { type = "inventory" })).ShouldBe(202).Id;
        await worker.RunAsync(default);
        taken.Split("\r\n").Length.ShouldBe(6002);
        taken.ShouldBe((await admin.GetAsync($"/reports/{whole}/content")).ShouldBe(200).Body);
    }

    [Test]
    public async Task A_worker_that_lost_its_report_stores_nothing_more_and_one_that_stops_leaves_it_to_others()
    {
        await using var shop = await ShopServer.StartAsync();
        var admin = await shop.AdminAsync();
        await FillAsync(shop);
        var report = (await admin.PostAsync("/reports", new { type = "inventory" })).ShouldBe(202).Id;
        using var stopped = new CancellationTokenSource();
        var worker = ActivatorUtilities.CreateInstance<ReportWorker>(shop.Services, new Fault(stopped.Cancel));

        await worker.RunAsync(stopped.Token);

        (await admin.GetAsync($"/reports/{report}")).ShouldBe(200).Text("status").ShouldBe("queued");
        var overtaken = ActivatorUtilities.CreateInstance<ReportWorker>(shop.Services, new Fault(() => TakeOverAsync(shop, report).GetAwaiter().GetResult()));
        await overtaken.RunAsync(default);
        (await admin.GetAsync($"/reports/{report}")).ShouldBe(200).Text("status").ShouldBe("running");
        (await shop.ScalarAsync<int>($"SELECT attempts FROM reports WHERE id = {report}")).ShouldBe(1);
        (await shop.ScalarAsync<long>($"SELECT count(*) FROM report_chunks WHERE report_id = {report}")).ShouldBe(1);
    }

    /// <summary>Products enough for a report of several parts; the statement skips the test where there is no PostgreSQL.</summary>
    private static Task<long> FillAsync(ShopServer shop) => shop.ScalarAsync<long>("""
        WITH made AS (
            INSERT INTO products (id, sku, name, price, stock, rating_sum, review_count, units_sold, version, created_at, updated_at)
            SELECT i, 'SKU-' || lpad(i::text, 6, '0'), repeat('Lamp ', 20), 1, 0, 0, 0, 0, 1, now(), now() FROM generate_series(1, 6000) i RETURNING 1)
        SELECT count(*) FROM made
        """);

    private static Task<long> TakeOverAsync(ShopServer shop, long report) =>
        shop.ScalarAsync<long>($"UPDATE reports SET lease_owner = gen_random_uuid() WHERE id = {report} RETURNING id");

    private static Action<IServiceCollection> LookEvery(TimeSpan interval, TimeSpan firstAfter) => services =>
    {
        services.Remove(services.Single(service => service.ImplementationInstance is ShopJob job && job.Type == typeof(ReportJob)));
        services.AddShopJob<ReportJob>(JobSchedule.Every(interval, firstAfter));
    };

    private static Task JobIsKnownAsync(ShopServer shop) =>
        Until.TrueAsync(async () => await shop.ScalarAsync<long>("SELECT count(*) FROM qrtz_scheduler_state") > 0);

    private static Task DoneAsync(Actor admin, long report) =>
        Until.TrueAsync(async () => (await admin.GetAsync($"/reports/{report}")).ShouldBe(200).Text("status") == "done");

    private sealed class Fault(Action hit) : IFaultPoints
    {
        public void Hit(string point) => hit();
    }
}
