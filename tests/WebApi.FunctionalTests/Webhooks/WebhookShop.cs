using Microsoft.Extensions.DependencyInjection;
using Shop.Infrastructure.Webhooks;
using Shop.WebApi.FunctionalTests.Outbox;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Webhooks;

/// <summary>A shop that may send to this machine, with a clock of the test's.</summary>
internal sealed class WebhookShop(ShopServer server, Actor admin, FakeClock clock) : IAsyncDisposable
{
    public ShopServer Server => server;

    public Actor Admin { get; private set; } = admin;

    public FakeClock Clock => clock;

    /// <summary>Starts one.</summary>
    /// <param name="allowsPrivate">Whether it may send to this machine.</param>
    /// <param name="timeLimit">How long an attempt takes at most; ten seconds unless said.</param>
    /// <param name="services">Services to replace.</param>
    public static async Task<WebhookShop> StartAsync(
        bool allowsPrivate = true, TimeSpan? timeLimit = null, Action<IServiceCollection>? services = null)
    {
        var clock = new FakeClock();
        var settings = allowsPrivate
            ? new Dictionary<string, string> { ["Shop:Webhooks:AllowPrivateAddresses"] = "true" }
            : [];
        var server = await ShopServer.StartAsync(settings, collection =>
        {
            collection.AddSingleton<TimeProvider>(clock);
            if (timeLimit is { } limit)
            {
                collection.AddSingleton(new WebhookPatience(limit));
            }

            services?.Invoke(collection);
        });
        return new WebhookShop(server, await server.AdminAsync(), clock);
    }

    /// <summary>Subscribes an address to what happens to products, or to what is said.</summary>
    /// <returns>The subscription, with its secret.</returns>
    public async Task<Answer> SubscribeAsync(string url, params string[] events) =>
        (await Admin.PostAsync("/webhooks", new { url, events = events.Length > 0 ? events : ["product.created", "product.updated"] })).ShouldBe(201);

    public Task<Answer> SubscribeAsync(Receiver receiver) => SubscribeAsync(receiver.Url.ToString());

    /// <summary>Lists a product.</summary>
    public Task<long> ProductAsync() => Admin.ListAsync();

    /// <summary>Renames a product, which is one event.</summary>
    public async Task RenameAsync(long product, string name) =>
        (await Admin.PatchAsync($"/products/{product}", new { name })).ShouldBe(200);

    /// <summary>Lets time pass; the admin signs in again, since sessions end.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        server.Pass(clock, time);
        if (time > TimeSpan.FromMinutes(30))
        {
            Admin = await server.AdminAsync();
        }
    }

    /// <summary>Waits until the delivery of an aggregate's event stands so; the condition is SQL over webhook_deliveries.</summary>
    public Task UntilAsync(long aggregateId, string condition, long sequence = 1) => Until.TrueAsync(() => server.ScalarAsync<bool>($"""
        SELECT EXISTS (SELECT 1 FROM webhook_deliveries WHERE aggregate_id = {aggregateId} AND sequence = {sequence} AND {condition})
        """));

    /// <summary>Waits until an aggregate's event was filed with whoever wants it.</summary>
    public Task UntilFiledAsync(long aggregateId, long sequence = 1) => server.UntilDeliveryAsync(aggregateId, "status = 'done'", "webhooks", sequence);

    /// <summary>What is or was sent to a subscription, newest first.</summary>
    public async Task<Answer> DeliveriesAsync(long webhook, string query = "") =>
        (await Admin.GetAsync($"/webhooks/{webhook}/deliveries{query}")).ShouldBe(200);

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
