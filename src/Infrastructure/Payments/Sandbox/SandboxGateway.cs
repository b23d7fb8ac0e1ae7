using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shop.Application.Abstractions;
using Shop.Domain.Common;
using Shop.Infrastructure.Persistence;

namespace Shop.Infrastructure.Payments.Sandbox;

/// <summary>
/// A payment provider to try the shop with: no money moves, the method's token says what happens, and a ledger keeps it all. It plays an
/// outside system, so it works on a connection of its own: what it did stays done when the shop's transaction is undone.
/// </summary>
internal sealed class SandboxGateway(IServiceScopeFactory scopes, SandboxWebhooks webhooks) : IPaymentGateway
{
    public const string Name = "sandbox";

    private static readonly TimeSpan Slowness = TimeSpan.FromSeconds(2);

    public string Provider => Name;

    public async Task<GatewayPayment> AuthorizeAsync(GatewayCharge charge, CancellationToken cancellationToken)
    {
        if (charge.Method == SandboxMethods.TimeoutNotCharged)
        {
            throw new PaymentOutcomeUnknownException("The sandbox did not answer in time.");
        }

        if (charge.Method == SandboxMethods.Slow)
        {
            await Task.Delay(Slowness, cancellationToken);
        }

        var payment = new SandboxPayment
        {
            Reference = $"sandbox_{Guid.NewGuid():N}",
            Key = charge.Key,
            Method = charge.Method,
            OrderId = charge.OrderId,
            Amount = charge.Amount,
            Currency = charge.Currency,
            Status = SandboxMethods.Accepted.Contains(charge.Method) ? GatewayStatus.Authorized : GatewayStatus.Declined,
        };
        await using var scope = scopes.CreateAsyncScope();
        return Describe(await scope.ServiceProvider.GetRequiredService<ISandboxBooks>().AddAsync(payment, cancellationToken));
    }

    public async Task<GatewayPayment> CaptureAsync(string reference, string key, CancellationToken cancellationToken)
    {
        var (captured, first) = await MoveAsync(new SandboxCall(reference, key, SandboxMove.Capture), cancellationToken);
        return first && captured.Method == SandboxMethods.TimeoutCharged
            ? throw new PaymentOutcomeUnknownException("The sandbox did not answer in time.")
            : Describe(captured);
    }

    public async Task<GatewayPayment> VoidAsync(string reference, string key, CancellationToken cancellationToken) =>
        Describe((await MoveAsync(new SandboxCall(reference, key, SandboxMove.Void), cancellationToken)).Payment);

    public async Task<GatewayRefund> RefundAsync(string reference, Money amount, string key, CancellationToken cancellationToken)
    {
        await MoveAsync(new SandboxCall(reference, key, SandboxMove.Refund, amount), cancellationToken);
        return new GatewayRefund(key, GatewayRefundStatus.Done, amount);
    }

    public async Task<GatewayPayment?> FindAsync(GatewayQuery query, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShopDbContext>();
        return await db.SandboxPayments.AsNoTracking().SingleOrDefaultAsync(each => each.Key == query.Key, cancellationToken) is { } payment
            ? Describe(payment)
            : null;
    }

    public async Task<GatewayRefund?> FindRefundAsync(string reference, string key, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShopDbContext>();
        return await db.SandboxLedger.AsNoTracking().SingleOrDefaultAsync(each => each.Key == key, cancellationToken) is { } entry
            ? new GatewayRefund(entry.Key, GatewayRefundStatus.Done, Money.From(entry.Amount))
            : null;
    }

    public Result<GatewayEvent> ReadWebhook(ReadOnlyMemory<byte> body, Func<string, string?> header) => webhooks.Read(body, header);

    private async Task<SandboxMoved> MoveAsync(SandboxCall call, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ISandboxBooks>().MoveAsync(call, cancellationToken)
            ?? throw new PaymentProviderException($"The sandbox can't {call.Move.ToString().ToLowerInvariant()} this payment.");
    }

    private static GatewayPayment Describe(SandboxPayment payment) => new(
        payment.Reference,
        payment.Status,
        Money.From(payment.Amount),
        Money.From(payment.Refunded),
        payment.Status != GatewayStatus.Declined ? null : payment.Method == SandboxMethods.Declined ? "declined" : "unknown_method");
}

/// <summary>The tokens that the sandbox knows; it declines all others.</summary>
internal static class SandboxMethods
{
    public const string Ok = "sandbox_ok";
    public const string Declined = "sandbox_declined";
    public const string Slow = "sandbox_slow";
    public const string TimeoutCharged = "sandbox_timeout_charged";
    public const string TimeoutNotCharged = "sandbox_timeout_not_charged";

    public static IReadOnlySet<string> Accepted { get; } = new HashSet<string> { Ok, Slow, TimeoutCharged };
}
