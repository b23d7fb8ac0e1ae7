namespace Shop.Domain.Orders;

/// <summary>Where an order stands: <c>active → placed → paid → shipped → delivered</c>, with two ways out.</summary>
public enum OrderStatus
{
    /// <summary>Still being put together; holds no stock.</summary>
    Active,

    /// <summary>Binding: prices are fixed, stock is held.</summary>
    Placed,

    /// <summary>Paid in full.</summary>
    Paid,

    /// <summary>On its way.</summary>
    Shipped,

    /// <summary>Arrived.</summary>
    Delivered,

    /// <summary>Ended before it was shipped; stock is free again.</summary>
    Cancelled,

    /// <summary>The money went back.</summary>
    Refunded,
}

/// <summary>Where an order came from.</summary>
public enum OrderOrigin
{
    /// <summary>Through this shop.</summary>
    Shop,

    /// <summary>Made elsewhere and recorded by an admin, one line an order.</summary>
    Recorded,

    /// <summary>Loaded from a sales file.</summary>
    Imported,
}

/// <summary>The arrows of the status machine.</summary>
public static class OrderTransitions
{
    /// <summary>Whether an order may go from one status to another.</summary>
    /// <param name="from">Where it stands.</param>
    /// <param name="to">Where it should go.</param>
    public static bool Allows(OrderStatus from, OrderStatus to) => (from, to) switch
    {
        (OrderStatus.Active, OrderStatus.Placed or OrderStatus.Cancelled) => true,
        (OrderStatus.Placed, OrderStatus.Paid or OrderStatus.Cancelled) => true,
        (OrderStatus.Paid, OrderStatus.Shipped or OrderStatus.Cancelled or OrderStatus.Refunded) => true,
        (OrderStatus.Shipped, OrderStatus.Delivered or OrderStatus.Refunded) => true,
        (OrderStatus.Delivered, OrderStatus.Refunded) => true,
        _ => false,
    };

    /// <summary>Whether lines of an order in this status count as purchases.</summary>
    /// <param name="status">Where the order stands.</param>
    public static bool IsPurchase(this OrderStatus status) =>
        status is OrderStatus.Paid or OrderStatus.Shipped or OrderStatus.Delivered;
}
