using Microsoft.Extensions.DependencyInjection;
using Shop.Application.Abstractions;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Payments;

/// <summary>A shop of a test's own whose provider fails on demand, whose clock is set forward, and which sweeps only when told.</summary>
internal sealed class FaultyShop : IAsyncDisposable
{
    public static readonly PaymentOutcomeUnknownException Unknown = new("No answer.");
    public static readonly PaymentProviderException Refused = new("No.");
    public static readonly InvalidOperationException Crash = new("The process is gone.");

    private FaultyShop(ShopServer server, Actor buyer, FakeClock clock) => (Server, Buyer, Clock) = (server, buyer, clock);

    public ShopServer Server { get; }

    /// <summary>Buys and is the admin as well.</summary>
    public Actor Buyer { get; }

    public FakeClock Clock { get; }

    public FaultyGateway Gateway => Server.Services.GetRequiredService<FaultyGateway>();

    public static async Task<FaultyShop> StartAsync()
    {
        var clock = new FakeClock();
        var server = await ShopServer.StartAsync(services: services => FaultyGateway.Register(services.UseClock(clock).WithoutSweeper()));
        return new FaultyShop(server, await server.AdminAsync(), clock);
    }

    public async Task<long> PlaceAsync() => await Buyer.PlaceAsync(await ProductAsync(), 2);

    /// <summary>A product of 10 with 5 units.</summary>
    public async Task<long> ProductAsync() =>
        (await Buyer.PostAsync("/products", new { name = "Thing", price = 10, stock = 5 })).ShouldBe(201).Id;

    /// <summary>Sweeps when all leases and pauses are over.</summary>
    public async Task SweepLaterAsync()
    {
        Clock.Advance(TimeSpan.FromMinutes(16));
        await Server.SweepAsync();
    }

    /// <summary>The order and its payments stand so, and the provider holds this much.</summary>
    public async Task ShouldStandAsync(long order, string status, string payments, decimal ledger)
    {
        (await Server.StatusAsync(order)).ShouldBe(status);
        (await Server.PaymentsAsync(order)).ShouldBe(payments);
        (await Server.LedgerAsync(order)).ShouldBe(ledger);
        (await Server.ChargesAsync(order)).ShouldBeLessThanOrEqualTo(1);
        await Server.ShouldBalanceAsync();
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
