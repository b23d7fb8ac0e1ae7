using Microsoft.Extensions.DependencyInjection;
using Shop.Application.Orders;
using Shop.Infrastructure.Audit;
using Shop.Infrastructure.Jobs;

namespace Shop.WebApi.FunctionalTests.Support;

/// <summary>A shop with a clock that its test sets, where placed orders have ten minutes to be paid.</summary>
internal sealed class ExpiringShop(ShopServer server, Actor admin, FakeClock clock) : IAsyncDisposable
{
    public ShopServer Server => server;

    public Actor Admin => admin;

    public FakeClock Clock => clock;

    /// <summary>Starts one, without the sweep unless it is wanted.</summary>
    public static async Task<ExpiringShop> StartAsync(bool sweeps = false)
    {
        var clock = new FakeClock();
        var server = await ShopServer.StartAsync(new Dictionary<string, string> { ["Shop:PaymentWindow"] = "00:10:00" }, services =>
        {
            services.AddSingleton<TimeProvider>(clock);
            if (!sweeps)
            {
                services.Remove(services.Single(service => service.ImplementationType == typeof(LateWorker<ExpirySweep>)));
            }
        });
        return new ExpiringShop(server, await server.AdminAsync(), clock);
    }

    /// <summary>Lists a product.</summary>
    public async Task<long> ProductAsync(int stock) =>
        (await admin.PostAsync("/products", new { name = "Thing", price = 10, stock })).ShouldBe(201).Id;

    /// <summary>The time to pay what has been placed by now is over.</summary>
    public void LetTimePass() => clock.Advance(TimeSpan.FromMinutes(10));

    /// <summary>Ends what is expired, as the sweep does.</summary>
    public async Task SweepAsync()
    {
        await using var scope = server.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IOrderExpiry>().SweepAsync(default);
    }

    /// <summary>All invariants hold.</summary>
    public async Task ShouldPassAuditAsync() => (await ShopAudit.RunAsync(server.Services, default)).ShouldAllBe(finding => finding.Holds);

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
