using Shop.Domain.Common;

namespace Shop.Domain.Payments;

/// <summary>
/// Money of an order went back to its buyer: a part of it, or all that was left. The order itself tells that it was cancelled or refunded.
/// </summary>
public sealed record RefundSucceeded : DomainEvent
{
    /// <inheritdoc cref="DomainEvent.Type" />
    public const string TypeName = "refund.succeeded";

    internal RefundSucceeded(Refund refund, DateTimeOffset occurredAt)
        : base(occurredAt) =>
        (OrderId, PaymentId, Amount) = (refund.OrderId, refund.PaymentId, refund.Amount);

    /// <inheritdoc />
    public override string Type => TypeName;

    /// <summary>The order that was paid.</summary>
    public long OrderId { get; }

    /// <summary>What was given back from.</summary>
    public long PaymentId { get; }

    /// <summary>How much.</summary>
    public Money Amount { get; }
}
