namespace Shop.Domain.Orders;

/// <content>The time that a placed order has to be paid.</content>
public sealed partial class Order
{
    /// <summary>
    /// How long a payment that is under way keeps its order from ending unpaid. A provider answers in seconds, and one whose answer is lost is looked
    /// up until it tells, which takes minutes; a payment that nobody can tell of holds its stock no longer than this.
    /// </summary>
    public static readonly TimeSpan PaymentPatience = TimeSpan.FromMinutes(10);

    /// <summary>Until when a payment that is under way keeps it from ending unpaid, UTC; null where none has to.</summary>
    public DateTimeOffset? PayingUntil { get; private set; }

    /// <summary>Whether its time to be paid is over, be it ended for that already or not yet.</summary>
    /// <param name="now">The present, UTC.</param>
    /// <param name="window">How long a placed order waits to be paid; above zero.</param>
    public bool IsExpired(DateTimeOffset now, TimeSpan window) => Status switch
    {
        OrderStatus.Placed => Origin == OrderOrigin.Shop && PlacedAt <= now - window && !(PayingUntil > now),
        OrderStatus.Cancelled => CancelReason == CancelReasons.Expired,
        _ => false,
    };

    /// <summary>A payment of it begins. One that may take longer than the order still waits holds it; of all others the order knows nothing.</summary>
    /// <param name="now">The present, UTC.</param>
    /// <param name="window">How long a placed order waits to be paid; above zero.</param>
    public void BeginPayment(DateTimeOffset now, TimeSpan window)
    {
        if (PlacedAt + window < now + PaymentPatience)
        {
            PayingUntil = now + PaymentPatience;
        }
    }

    /// <summary>The payment has ended, one way or the other.</summary>
    public void EndPayment() => PayingUntil = null;
}
