using Shop.Domain.Common;

namespace Shop.Domain.Orders;

/// <summary>An order moved along its status machine. It tells the order as it stood then.</summary>
public abstract record OrderEvent : DomainEvent
{
    private protected OrderEvent(Order order, DateTimeOffset occurredAt)
        : base(occurredAt) =>
        (UserId, Origin, Status, CancelReason, Subtotal, Discount, Shipping, Tax, Total, PlacedAt, PaidAt) = (
            order.UserId, order.Origin, order.Status, order.CancelReason, order.Subtotal, order.Discount, order.Shipping, order.Tax,
            order.Total, order.PlacedAt, order.PaidAt);

    /// <summary>Who buys.</summary>
    public long UserId { get; }

    /// <summary>Where it came from.</summary>
    public OrderOrigin Origin { get; }

    /// <summary>Where it stands.</summary>
    public OrderStatus Status { get; }

    /// <summary>Why it was cancelled, or null.</summary>
    public string? CancelReason { get; }

    /// <summary>Sum of the lines; 0 when it was never placed.</summary>
    public Money Subtotal { get; }

    /// <summary>What is taken off the subtotal.</summary>
    public Money Discount { get; }

    /// <summary>What sending costs.</summary>
    public Money Shipping { get; }

    /// <summary>Tax on top.</summary>
    public Money Tax { get; }

    /// <summary>What is to be paid; 0 when it was never placed.</summary>
    public Money Total { get; }

    /// <summary>When it was placed, UTC; null when it never was.</summary>
    public DateTimeOffset? PlacedAt { get; }

    /// <summary>When it was paid, UTC, or null.</summary>
    public DateTimeOffset? PaidAt { get; }
}

/// <summary>An order became binding. Sales made elsewhere are never placed here.</summary>
public sealed record OrderPlaced : OrderEvent
{
    /// <inheritdoc cref="DomainEvent.Type" />
    public const string TypeName = "order.placed";

    internal OrderPlaced(Order order, DateTimeOffset occurredAt)
        : base(order, occurredAt)
    {
    }

    /// <inheritdoc />
    public override string Type => TypeName;
}

/// <summary>An order was paid in full; a sale made elsewhere is as soon as it is recorded.</summary>
public sealed record OrderPaid : OrderEvent
{
    /// <inheritdoc cref="DomainEvent.Type" />
    public const string TypeName = "order.paid";

    internal OrderPaid(Order order, DateTimeOffset occurredAt)
        : base(order, occurredAt)
    {
    }

    /// <inheritdoc />
    public override string Type => TypeName;
}

/// <summary>An order is on its way.</summary>
public sealed record OrderShipped : OrderEvent
{
    /// <inheritdoc cref="DomainEvent.Type" />
    public const string TypeName = "order.shipped";

    internal OrderShipped(Order order, DateTimeOffset occurredAt)
        : base(order, occurredAt)
    {
    }

    /// <inheritdoc />
    public override string Type => TypeName;
}

/// <summary>An order arrived.</summary>
public sealed record OrderDelivered : OrderEvent
{
    /// <inheritdoc cref="DomainEvent.Type" />
    public const string TypeName = "order.delivered";

    internal OrderDelivered(Order order, DateTimeOffset occurredAt)
        : base(order, occurredAt)
    {
    }

    /// <inheritdoc />
    public override string Type => TypeName;
}

/// <summary>An order ended before it was shipped, maybe before it was placed.</summary>
public sealed record OrderCancelled : OrderEvent
{
    /// <inheritdoc cref="DomainEvent.Type" />
    public const string TypeName = "order.cancelled";

    internal OrderCancelled(Order order, DateTimeOffset occurredAt)
        : base(order, occurredAt)
    {
    }

    /// <inheritdoc />
    public override string Type => TypeName;
}

/// <summary>All of an order's money went back.</summary>
public sealed record OrderRefunded : OrderEvent
{
    /// <inheritdoc cref="DomainEvent.Type" />
    public const string TypeName = "order.refunded";

    internal OrderRefunded(Order order, DateTimeOffset occurredAt)
        : base(order, occurredAt)
    {
    }

    /// <inheritdoc />
    public override string Type => TypeName;
}
