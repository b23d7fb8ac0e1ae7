using Shop.Application.Abstractions;

namespace Shop.Infrastructure.Payments.Sandbox;

/// <summary>Where the sandbox writes down what it was asked. Each call is a transaction of the sandbox's own, and the same key does the same once.</summary>
internal interface ISandboxBooks
{
    /// <summary>Writes a payment down, unless one was asked for under its key before.</summary>
    /// <param name="payment">The payment.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The payment of the key: this one, or the one that was there.</returns>
    Task<SandboxPayment> AddAsync(SandboxPayment payment, CancellationToken cancellationToken);

    /// <summary>Moves money, if that was not done under the key before and the payment stands where it can.</summary>
    /// <param name="call">What to move.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The payment as it is then, and whether this call moved it; null when the money can't be moved.</returns>
    Task<SandboxMoved?> MoveAsync(SandboxCall call, CancellationToken cancellationToken);
}

/// <summary>A call that moves money.</summary>
/// <param name="Reference">The payment.</param>
/// <param name="Key">The idempotency key of the call.</param>
/// <param name="Move">How it moves.</param>
/// <param name="Amount">How much; null for all of the payment.</param>
internal sealed record SandboxCall(string Reference, string Key, SandboxMove Move, decimal? Amount = null)
{
    /// <summary>Where the payment has to stand.</summary>
    public GatewayStatus From => Move == SandboxMove.Refund ? GatewayStatus.Captured : GatewayStatus.Authorized;

    /// <summary>Where it stands afterwards.</summary>
    public GatewayStatus To => Move == SandboxMove.Void ? GatewayStatus.Voided : GatewayStatus.Captured;

    /// <summary>What goes back to the buyer.</summary>
    public decimal Back => Move == SandboxMove.Refund ? Amount!.Value : 0;
}

/// <summary>What came of a call that moves money.</summary>
/// <param name="Payment">The payment as it is now.</param>
/// <param name="First">Whether this call moved the money, and not an earlier one under its key.</param>
internal sealed record SandboxMoved(SandboxPayment Payment, bool First);
