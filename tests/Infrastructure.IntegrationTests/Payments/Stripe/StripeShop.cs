using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shop.Application.Abstractions;
using Shop.Domain.Common;
using Shop.Infrastructure.Payments.Stripe;

namespace Shop.Infrastructure.IntegrationTests.Payments.Stripe;

/// <summary>A gateway as the shop composes it, before a Stripe of its own.</summary>
internal sealed class StripeShop : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private StripeShop(StripeServer server, StripeClock clock, string address, string currency)
    {
        (Server, Clock) = (server, clock);
        var settings = StripeSettings.From(
            new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Shop:Payments:Stripe:SecretKey"] = StripeLedger.SecretKey,
                ["Shop:Payments:Stripe:BaseUrl"] = address,
            }).Build(),
            currency);
        _services = new ServiceCollection()
            .AddSingleton<TimeProvider>(clock)
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log))
            .AddStripe(settings)
            .BuildServiceProvider(validateScopes: true);
        Gateway = _services.GetRequiredService<IPaymentGateway>();
    }

    public StripeServer Server { get; }

    public StripeLedger Ledger => Server.Ledger;

    public StripeClock Clock { get; }

    public IPaymentGateway Gateway { get; }

    public LogBook Log { get; } = new();

    public Received Sent => Server.Requests.ShouldHaveSingleItem();

    public static async Task<StripeShop> OpenAsync(string currency = "EUR", string? address = null)
    {
        var clock = new StripeClock();
        var server = await StripeServer.StartAsync(clock);
        return new StripeShop(server, clock, address ?? server.Address, currency);
    }

    public static GatewayCharge Charge(string method = "pm_card_visa", decimal amount = 19.99m, string key = "pay-7-1", string currency = "EUR") =>
        new(key, 7, 42, Money.From(amount), currency, method);

    public Task<GatewayPayment> AuthorizeAsync(string method = "pm_card_visa", decimal amount = 19.99m, string key = "pay-7-1", string currency = "EUR") =>
        Gateway.AuthorizeAsync(Charge(method, amount, key, currency), CancellationToken.None);

    /// <summary>The reference of a payment of 19.99 that was taken.</summary>
    public async Task<string> CapturedAsync()
    {
        var payment = await AuthorizeAsync();
        return (await Gateway.CaptureAsync(payment.Reference!, "capture-7-1", CancellationToken.None)).Reference!;
    }

    public Task<GatewayPayment?> FindAsync(string? reference, string key = "pay-7-1", TimeSpan ago = default) =>
        Gateway.FindAsync(new GatewayQuery(key, reference, Clock.GetUtcNow() - ago), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Server.DisposeAsync();
    }
}

/// <summary>Everything that is logged.</summary>
internal sealed class LogBook : ILoggerProvider, ILogger
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_gate)
                return [.. _lines];
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_gate)
            _lines.Add($"{logLevel} {formatter(state, exception)} {exception}");
    }

    public void Dispose()
    {
    }
}
