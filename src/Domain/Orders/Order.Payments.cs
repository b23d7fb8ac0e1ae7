using Shop.Domain.Common;
using Shop.Domain.Payments;

namespace Shop.Domain.Orders;

/// <content>What paying and giving back mean for an order.</content>
public sealed partial class Order
{
    /// <summary>Whether it can be paid now.</summary>
    /// <param name="now">The present, UTC.</param>
    /// <param name="window">How long a placed order waits to be paid.</param>
    public Result CheckPayable(DateTimeOffset now, TimeSpan window) => Status switch
    {
        _ when IsExpired(now, window) => OrderErrors.Expired,
        OrderStatus.Active => PaymentErrors.NotPlaced,
        OrderStatus.Placed => Result.Ok,
        OrderStatus.Cancelled or OrderStatus.Refunded => PaymentErrors.OrderEnded,
        _ => PaymentErrors.AlreadyPaid,
    };

    /// <summary>Lets go of all the stock that it still holds, whatever its status; a second time there is none left.</summary>
    /// <param name="now">The present, UTC.</param>
    /// <returns>The stock that the caller gives back in the same transaction.</returns>
    public IReadOnlyList<StockLine> Restock(DateTimeOffset now)
    {
        var released = _items.ConvertAll(ReleaseStock).FindAll(line => line.Quantity > 0);
        UpdatedAt = released.Count > 0 ? now : UpdatedAt;
        return released;
    }
}
