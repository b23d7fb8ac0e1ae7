using Microsoft.Extensions.DependencyInjection;
using Shop.Infrastructure.Audit;
using Shop.Infrastructure.Outbox;
using Shop.TestKit;
using Shop.WebApi.FunctionalTests.Outbox;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Webhooks;

/// <summary>A process that is killed right after a commit has told nobody yet; the next one does.</summary>
[Category("Slow")]
[NonParallelizable]
public sealed class KilledShopTests
{
    [Test]
    public async Task Killed_between_commit_and_dispatch_the_next_process_tells_everybody()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var mails = await MailServer.StartAsync();
        var settings = new Dictionary<string, string>(mails.Settings) { ["Shop:Webhooks:AllowPrivateAddresses"] = "true" };
        var connectionString = await TestCluster.CloneAsync();
        try
        {
            var order = await BuyAndDieAsync(connectionString, settings, receiver.Url);
            var clock = new FakeClock();
            await using var shop = ShopServer.StartOn(connectionString, services => services.AddSingleton<TimeProvider>(clock), settings);
            shop.Pass(clock, OutboxWorker.Lease);

            await receiver.UntilAsync(all => all.Any(each => each.Type == "order.paid"));
            var mail = await mails.MailToAsync(ShopServer.AdminEmail, each => each.Subject.StartsWith("Your order", StringComparison.Ordinal));

            await Until.TrueAsync(() => shop.ScalarAsync<bool>("""
                SELECT NOT EXISTS (SELECT 1 FROM outbox_deliveries WHERE status <> 'done') AND NOT EXISTS (SELECT 1 FROM webhook_deliveries WHERE status <> 'done')
                """));
            receiver.All.Where(each => each.Aggregate == order).DistinctBy(each => each.Id).Select(each => each.Type).ShouldBe(["order.placed", "order.paid"]);
            mail.Text.ShouldContain("Total: 10.00 EUR");
            (await ShopAudit.RunAsync(shop.Services, default)).Where(finding => !finding.Holds).ShouldBeEmpty();
        }
        finally
        {
            await TestCluster.DropAsync(connectionString);
        }
    }

    private static async Task<long> BuyAndDieAsync(string connectionString, IReadOnlyDictionary<string, string> settings, Uri receiver)
    {
        await using var shop = await ShopProcess.StartAsync(connectionString, "after_record", settings);
        var admin = await shop.AdminAsync();
        (await admin.PostAsync("/webhooks", new { url = receiver.ToString(), events = new[] { "order.placed", "order.paid" } })).ShouldBe(201);
        var product = (await admin.PostAsync("/products", new { name = "Thing", price = 10, stock = 5 })).ShouldBe(201).Id;
        var order = await admin.PlaceAsync(product);
        await shop.DiesOfAsync(() => admin.PayAsync(order));
        return order;
    }
}
