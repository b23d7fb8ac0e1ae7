using Microsoft.Extensions.DependencyInjection;
using Shop.Application.Abstractions;
using Shop.Domain.Catalog;
using Shop.Domain.Common;
using Shop.Domain.Webhooks;
using Shop.WebApi.FunctionalTests.Outbox;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Webhooks;

/// <summary>Events are filed for webhooks only while there are any, and none is missed by one that is made at the same moment.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class SubscribersTests
{
    private const string Waiting = "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))";

    [Test]
    public async Task What_happens_while_nobody_subscribes_is_stored_and_filed_with_nobody()
    {
        await using var shop = await ShopServer.StartAsync();
        var admin = await shop.AdminAsync();
        await SubscribeAsync(admin, active: false);

        var product = await admin.ListAsync();

        (await shop.EventsAsync("product", product)).ShouldBe("product.created 1");
        (await shop.ScalarAsync<long>("SELECT count(*) FROM outbox_deliveries")).ShouldBe(0);
    }

    [TestCase("POST")]
    [TestCase("PATCH")]
    public async Task What_happens_after_somebody_subscribed_is_filed_on_every_node(string method)
    {
        await using var shop = await ShopServer.StartAsync();
        await using var second = shop.StartSecondNode();
        var (admin, sameAdmin) = (await shop.AdminAsync(), await second.AdminAsync());
        await sameAdmin.ListAsync();
        var webhook = await SubscribeAsync(admin, active: method == "POST");
        if (method == "PATCH")
        {
            (await admin.PatchAsync($"/webhooks/{webhook}", new { active = true })).ShouldBe(200);
        }

        var product = await sameAdmin.ListAsync();

        await shop.UntilDeliveryAsync(product, "status = 'done'", "webhooks");
    }

    [Test]
    public async Task Orders_and_payments_of_a_node_that_knows_of_nobody_are_filed_when_there_is_somebody()
    {
        await using var shop = await ShopServer.StartAsync();
        await using var second = shop.StartSecondNode();
        var (admin, buyer) = (await shop.AdminAsync(), await second.AdminAsync());
        var product = (await admin.PostAsync("/products", new { name = "Thing", price = 10, stock = 5 })).ShouldBe(201).Id;
        var unheard = await buyer.PlaceAsync(product);
        (await admin.PostAsync("/webhooks", new { url = "https://erp.invalid", events = new[] { "order.placed", "order.paid" } })).ShouldBe(201);

        var placed = await buyer.PlaceAsync(product);
        (await buyer.PayAsync(unheard)).ShouldBe(201);

        await shop.UntilDeliveryAsync(placed, "status = 'done'", "webhooks");
        await shop.UntilDeliveryAsync(unheard, "status = 'done'", "webhooks", sequence: 2);
        (await shop.ScalarAsync<int>($"SELECT stock FROM products WHERE id = {product}")).ShouldBe(3);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task An_order_whose_sales_have_to_be_looked_up_first_is_filed_for_who_has_just_subscribed(bool underKey)
    {
        await using var shop = await ShopServer.StartAsync();
        var admin = await shop.AdminAsync();
        var order = await admin.PlaceAsync((await admin.PostAsync("/products", new { name = "Thing", price = 10, stock = 5 })).ShouldBe(201).Id);
        (await admin.PayAsync(order)).ShouldBe(201);
        (await admin.PostAsync("/webhooks", new { url = "https://erp.invalid", events = new[] { "order.cancelled" } })).ShouldBe(201);

        (await admin.DeleteAsync($"/orders/{order}", underKey ? [("Idempotency-Key", "cancels")] : [])).ShouldBe(200);

        await shop.UntilDeliveryAsync(order, "status = 'done'", "webhooks", sequence: 3);
    }

    [Test]
    public async Task What_happens_while_a_subscription_is_being_made_waits_for_it_and_is_filed()
    {
        await using var shop = await ShopServer.StartAsync();
        var admin = await shop.AdminAsync();
        var (saved, commit) = (new TaskCompletionSource(), new TaskCompletionSource());
        var secret = shop.Services.GetRequiredService<IWebhookSecrets>().Create().Protected;
        var subscribing = SaveAsync(shop, WebhookSubscription.Create("https://erp.invalid", ["product.created"], true, secret, DateTimeOffset.UtcNow), saved, commit.Task);
        await saved.Task;

        var listing = admin.ListAsync();
        await Until.TrueAsync(() => shop.ScalarAsync<bool>(Waiting));
        commit.SetResult();
        await subscribing;

        await shop.UntilDeliveryAsync(await listing, "status = 'done'", "webhooks");
    }

    [Test]
    public async Task A_subscription_waits_for_what_is_being_stored_for_nobody()
    {
        await using var shop = await ShopServer.StartAsync();
        var admin = await shop.AdminAsync();
        var (saved, commit) = (new TaskCompletionSource(), new TaskCompletionSource());
        var product = Product.List("SKU-1", new ProductDetails("Thing", null, Money.Zero, null, null), 0, null, DateTimeOffset.UtcNow);
        var listing = SaveAsync(shop, product, saved, commit.Task);
        await saved.Task;

        var subscribing = SubscribeAsync(admin, active: true);
        await Until.TrueAsync(() => shop.ScalarAsync<bool>(Waiting));
        subscribing.IsCompleted.ShouldBeFalse();
        commit.SetResult();
        await listing;
        await subscribing;

        (await shop.ScalarAsync<long>($"SELECT count(*) FROM outbox_deliveries WHERE aggregate_id = {product.Id}")).ShouldBe(0);
        await shop.UntilDeliveryAsync(await admin.ListAsync(), "status = 'done'", "webhooks");
    }

    private static async Task<long> SubscribeAsync(Actor admin, bool active) =>
        (await admin.PostAsync("/webhooks", new { url = "https://erp.invalid", events = new[] { "product.created" }, active })).ShouldBe(201).Id;

    /// <summary>Saves an aggregate, says so, and commits when told.</summary>
    private static async Task SaveAsync<T>(ShopServer shop, T aggregate, TaskCompletionSource saved, Task commit)
        where T : AggregateRoot
    {
        await using var scope = shop.Services.CreateAsyncScope();
        var repository = scope.ServiceProvider.GetRequiredService<IRepository<T>>();
        var unitOfWork = scope.ServiceProvider.GetRequiredService<IUnitOfWork>();
        var outcome = await unitOfWork.ExecuteAsync<Result>(
            async () =>
            {
                await unitOfWork.ExecuteAsync<Result>(
                    async () =>
                    {
                        await repository.AddAsync(aggregate, default);
                        return Result.Ok;
                    },
                    default);
                saved.SetResult();
                await commit;
                return Result.Ok;
            },
            default);
        outcome.IsFailure.ShouldBeFalse();
    }
}
