using System.Globalization;
using Shop.Infrastructure.Audit;
using Shop.TestKit;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Payments;

/// <summary>The process is killed at a point of ordering, paying or giving back; after a restart the books end in exactly one state.</summary>
[Category("Slow")]
[NonParallelizable]
public sealed class CrashTests
{
    [TestCase("after_hold", "placed", "", 0)]
    [TestCase("before_charge", "placed", "failed", 402)]
    [TestCase("after_authorize", "paid", "captured", 201)]
    [TestCase("after_charge", "paid", "captured", 201)]
    [TestCase("after_record", "paid", "captured", 201)]
    [TestCase("before_refund", "refunded", "captured", 201)]
    [TestCase("after_refund", "refunded", "captured", 201)]
    public async Task Killed_at_a_point_it_ends_in_one_state(string point, string status, string payments, int answer)
    {
        var connectionString = await TestCluster.CloneAsync();
        try
        {
            var (order, key, path, body) = await CrashAsync(connectionString, point);
            var clock = new FakeClock();
            await using var shop = ShopServer.StartOn(connectionString, services => services.UseClock(clock).WithoutSweeper());
            if (point != "after_hold")
            {
                await ShouldBeLeasedAsync(shop, path, body, key);
            }

            clock.Advance(TimeSpan.FromSeconds(31));
            await shop.SweepAsync();
            await shop.SweepAsync();

            if (point == "after_hold")
            {
                (await shop.ScalarAsync<long>("SELECT count(*) FROM orders")).ShouldBe(0);
                (await shop.ScalarAsync<int>("SELECT stock FROM products")).ShouldBe(5);
            }
            else
            {
                (await shop.StatusAsync(order)).ShouldBe(status);
                (await shop.PaymentsAsync(order)).ShouldBe(payments);
                (await shop.LedgerAsync(order)).ShouldBe(status == "paid" ? 20m : 0m);
                (await (await shop.AdminAsync()).PostAsync(path, body, ("Idempotency-Key", key))).ShouldBe(answer);
                (await shop.ChargesAsync(order)).ShouldBe(payments == "captured" ? 1 : 0);
            }

            (await ShopAudit.RunAsync(shop.Services, default)).Where(finding => !finding.Holds).ShouldBeEmpty();
        }
        finally
        {
            await TestCluster.DropAsync(connectionString);
        }
    }

    /// <summary>Nobody can tell yet whether the process that died is at work still.</summary>
    private static async Task ShouldBeLeasedAsync(ShopServer shop, string path, string body, string key)
    {
        var early = (await (await shop.AdminAsync()).PostAsync(path, body, ("Idempotency-Key", key))).ShouldBeProblem(409, "idempotency_in_flight");
        int.Parse(early.Header("Retry-After")!, CultureInfo.InvariantCulture).ShouldBeInRange(1, 30);
    }

    private static async Task<(long Order, string Key, string Path, string Body)> CrashAsync(string connectionString, string point)
    {
        await using var shop = await ShopProcess.StartAsync(connectionString, point);
        var (admin, key) = (await shop.AdminAsync(), Paying.NewKey());
        var product = (await admin.PostAsync("/products", new { name = "Thing", price = 10, stock = 5 })).ShouldBe(201).Id;
        if (point == "after_hold")
        {
            await shop.DiesOfAsync(() => admin.PlaceAsync(product, 2));
            return (0, key, "", "");
        }

        var order = await admin.PlaceAsync(product, 2);
        var (path, body) = ($"/orders/{order}/payments", """{"method":"sandbox_ok"}""");
        if (point.EndsWith("refund", StringComparison.Ordinal))
        {
            (await admin.PostAsync(path, body)).ShouldBe(201);
            (path, body) = ($"/orders/{order}/refunds", """{"reason":"broken"}""");
        }

        await shop.DiesOfAsync(() => admin.PostAsync(path, body, ("Idempotency-Key", key)));
        return (order, key, path, body);
    }
}
