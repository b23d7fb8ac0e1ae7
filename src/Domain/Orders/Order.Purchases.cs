using Shop.Domain.Common;

namespace Shop.Domain.Orders;

/// <content>Purchases: sales made elsewhere, and how a record of one is corrected.</content>
public sealed partial class Order
{
    /// <summary>A sale made elsewhere: one line, already paid. The caller takes what stock there is; see <see cref="HoldStock"/>.</summary>
    /// <param name="userId">Who bought.</param>
    /// <param name="product">What was bought.</param>
    /// <param name="quantity">A valid quantity.</param>
    /// <param name="now">The present, UTC.</param>
    public static Result<Order> Record(long userId, ProductSnapshot product, int quantity, DateTimeOffset now)
    {
        var order = new Order { UserId = userId, Origin = OrderOrigin.Recorded, Status = OrderStatus.Paid, CreatedAt = now };
        order._items.Add(new OrderItem(product.Id, quantity));
        (order.PlacedAt, order.PaidAt) = (now, now);
        if (order.Fix(_ => product, now) is { IsFailure: true } refused)
        {
            return refused.Error;
        }

        order.Raise(new OrderPaid(order, now));
        return order;
    }

    /// <summary>Notes the stock that the one line of a recorded sale took, which may be less than was sold.</summary>
    /// <param name="units">Units taken, 0 to the line's quantity.</param>
    /// <exception cref="InvalidOperationException">The order is no recorded sale: a bug.</exception>
    /// <exception cref="ArgumentOutOfRangeException">More units than were sold: a bug.</exception>
    public void HoldStock(int units)
    {
        if (Origin != OrderOrigin.Recorded)
        {
            throw new InvalidOperationException($"An order of origin {Origin} takes its stock when it is placed, or never.");
        }

        var item = _items.Single();
        ArgumentOutOfRangeException.ThrowIfNegative(units);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(units, item.Quantity);
        item.StockHeld = units;
    }

    /// <summary>
    /// Corrects who bought or what was bought, at the same price and quantity. A purchase that shares its order with others gets one of
    /// its own first, so that theirs stays as it is; the purchase keeps its id. Another buyer does not get the first one's address.
    /// </summary>
    /// <param name="purchaseId">The line.</param>
    /// <param name="userId">Who bought.</param>
    /// <param name="product">What was bought, or null for what stands there.</param>
    /// <param name="now">The present, UTC.</param>
    /// <returns>Refused when it was bought through the shop.</returns>
    public Result<PurchaseCorrection> CorrectPurchase(long purchaseId, long userId, ProductSnapshot? product, DateTimeOffset now)
    {
        var found = FindRecord(purchaseId);
        if (found.IsFailure)
        {
            return found.Error;
        }

        if (userId == UserId && product is null)
        {
            return new PurchaseCorrection(this, new StockLine(found.Value.ProductId, 0));
        }

        var item = found.Value;
        var own = _items.Count == 1 ? this : Separate(item, now);
        if (own.UserId != userId)
        {
            (own.UserId, own.ShippingAddress, own.UpdatedAt) = (userId, null, now);
        }

        var released = new StockLine(item.ProductId, 0);
        if (product is not null)
        {
            released = ReleaseStock(item);
            item.Exchange(product);
            own.UpdatedAt = now;
        }

        return new PurchaseCorrection(own, released);
    }

    /// <summary>Takes a purchase out, as if it had never been made; an order without lines is then to be removed.</summary>
    /// <param name="purchaseId">The line.</param>
    /// <param name="now">The present, UTC.</param>
    /// <returns>The stock that the caller gives back in the same transaction, or 0 units. Refused when it was bought through the shop.</returns>
    public Result<StockLine> RemovePurchase(long purchaseId, DateTimeOffset now)
    {
        var found = FindRecord(purchaseId);
        if (found.IsFailure)
        {
            return found.Error;
        }

        _items.Remove(found.Value);
        AddUp(now);
        return ReleaseStock(found.Value);
    }

    private Result<OrderItem> FindRecord(long purchaseId) => _items.Find(each => each.Id == purchaseId) switch
    {
        null => OrderErrors.PurchaseNotFound,
        _ when !Status.IsPurchase() => OrderErrors.PurchaseNotFound,
        _ when Origin == OrderOrigin.Shop => OrderErrors.PurchaseFixed,
        var item => item,
    };

    /// <summary>It stays with its invoice, which replaces all that came from it when it is loaded again with other rows.</summary>
    private Order Separate(OrderItem item, DateTimeOffset now)
    {
        var own = new Order
        {
            UserId = UserId,
            Origin = Origin,
            Status = Status,
            InvoiceNo = InvoiceNo,
            PlacedAt = PlacedAt,
            PaidAt = PaidAt,
            CreatedAt = CreatedAt,
        };
        _items.Remove(item);
        own._items.Add(item);
        AddUp(now);
        own.AddUp(now);
        return own;
    }
}

/// <summary>What became of a corrected purchase.</summary>
/// <param name="Order">The order that it is the only line of; a new one when it was taken out of another.</param>
/// <param name="Released">What it held of the product it had, to be given back in the same transaction; 0 units when the product stays.</param>
public sealed record PurchaseCorrection(Order Order, StockLine Released);
