namespace Shop.Domain.Orders;

/// <content>The time that a placed order has to be paid.</content>
public sealed partial class Order
{
    /// <summary>Whether its time to be paid is over, be it ended for that already or not yet.</summary>
    /// <param name="now">The present, UTC.</param>
    /// <param name="window">How long a placed order waits to be paid; above zero.</param>
    public bool IsExpired(DateTimeOffset now, TimeSpan window) => Status switch
    {
        OrderStatus.Placed => Origin == OrderOrigin.Shop && PlacedAt <= now - window,
        OrderStatus.Cancelled => CancelReason == CancelReasons.Expired,
        _ => false,
    };
}
