using Shop.Application.Abstractions;

namespace Shop.Infrastructure.Payments.Sandbox;

/// <summary>A payment, as the sandbox has it.</summary>
internal sealed class SandboxPayment
{
    public required string Reference { get; init; }

    /// <summary>The idempotency key it was asked for under.</summary>
    public required string Key { get; init; }

    public required string Method { get; init; }

    public required long OrderId { get; init; }

    public required decimal Amount { get; init; }

    public required string Currency { get; init; }

    public decimal Refunded { get; init; }

    public required GatewayStatus Status { get; init; }
}

/// <summary>Money that moved through the sandbox.</summary>
internal sealed class SandboxEntry
{
    /// <summary>The idempotency key of the call that moved it.</summary>
    public required string Key { get; init; }

    public required string Reference { get; init; }

    public required long OrderId { get; init; }

    public required SandboxMove Move { get; init; }

    public required decimal Amount { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>How money moves through the sandbox.</summary>
internal enum SandboxMove
{
    /// <summary>From the buyer to the shop.</summary>
    Capture,

    /// <summary>Reserved money, let go.</summary>
    Void,

    /// <summary>From the shop to the buyer.</summary>
    Refund,
}
