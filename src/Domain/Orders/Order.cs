using Shop.Domain.Carts;
using Shop.Domain.Common;
using Shop.Domain.Coupons;

namespace Shop.Domain.Orders;

/// <summary>Who buys what, from the first line to delivery.</summary>
public sealed partial class Order : AggregateRoot
{
    /// <summary>The longest reason of a cancellation.</summary>
    public const int MaxCancelReasonLength = 100;

    /// <summary>The longest number, an invoice's included.</summary>
    public const int MaxNumberLength = 50;

    private readonly List<OrderItem> _items = [];

    private Order()
    {
    }

    /// <summary>What people call it: given by the database, or the invoice number of an imported order.</summary>
    public string Number { get; private set; } = null!;

    /// <summary>Who buys.</summary>
    public long UserId { get; private set; }

    /// <summary>Where it came from.</summary>
    public OrderOrigin Origin { get; private set; }

    /// <summary>Where it stands.</summary>
    public OrderStatus Status { get; private set; }

    /// <summary>Why it was cancelled, or null.</summary>
    public string? CancelReason { get; private set; }

    /// <summary>The cart it was made from, or null. One cart becomes at most one order.</summary>
    public long? CartId { get; private set; }

    /// <summary>The invoice that it was imported from, or null.</summary>
    public string? InvoiceNo { get; private set; }

    /// <summary>Where it goes, or null.</summary>
    public Address? ShippingAddress { get; private set; }

    /// <summary>Sum of the lines when it was placed; 0 while it is active.</summary>
    public Money Subtotal { get; private set; }

    /// <summary>What is taken off the subtotal.</summary>
    public Money Discount { get; private set; }

    /// <summary>What sending costs.</summary>
    public Money Shipping { get; private set; }

    /// <summary>Tax on top.</summary>
    public Money Tax { get; private set; }

    /// <summary>What is to be paid: subtotal − discount + shipping + tax; 0 while it is active.</summary>
    public Money Total { get; private set; }

    /// <summary>When it was placed, UTC, or null.</summary>
    public DateTimeOffset? PlacedAt { get; private set; }

    /// <summary>When it was paid, UTC, or null.</summary>
    public DateTimeOffset? PaidAt { get; private set; }

    /// <summary>When all its money went back, UTC: it was refunded, or cancelled after it was paid. Null while it counts as sold, or never did.</summary>
    public DateTimeOffset? RefundedAt { get; private set; }

    /// <summary>The lines; one per product but for imported orders.</summary>
    public IReadOnlyList<OrderItem> Items => _items;

    /// <summary>What is ordered, as units of products.</summary>
    public IReadOnlyList<StockLine> Units() => _items.ConvertAll(item => new StockLine(item.ProductId, item.Quantity));

    /// <summary>A new order without lines.</summary>
    /// <param name="userId">Who buys.</param>
    /// <param name="now">The present, UTC.</param>
    /// <param name="cartId">The cart it is made from, or null.</param>
    public static Order Open(long userId, DateTimeOffset now, long? cartId = null) =>
        new() { UserId = userId, CartId = cartId, CreatedAt = now, UpdatedAt = now };

    /// <summary>Adds units, summing up with those of the same product.</summary>
    /// <param name="productId">The product.</param>
    /// <param name="quantity">A valid quantity.</param>
    /// <param name="now">The present, UTC.</param>
    public Result AddItem(long productId, int quantity, DateTimeOffset now)
    {
        if (Status != OrderStatus.Active)
        {
            return OrderErrors.NotActive(Status);
        }

        if (_items.Find(each => each.ProductId == productId) is not { } item)
        {
            if (_items.Count == Cart.MaxLines)
            {
                return CartErrors.TooManyLines;
            }

            _items.Add(new OrderItem(productId, quantity));
        }
        else if (item.Quantity > Quantity.Max - quantity)
        {
            return CartErrors.TooManyUnits;
        }
        else
        {
            item.Quantity += quantity;
        }

        UpdatedAt = now;
        return Result.Ok;
    }

    /// <summary>Changes the units of a product.</summary>
    /// <param name="productId">The product.</param>
    /// <param name="quantity">A valid quantity.</param>
    /// <param name="now">The present, UTC.</param>
    public Result ChangeQuantity(long productId, int quantity, DateTimeOffset now)
    {
        if (Status != OrderStatus.Active)
        {
            return OrderErrors.NotActive(Status);
        }

        if (_items.Find(each => each.ProductId == productId) is not { } item)
        {
            return OrderErrors.ItemNotFound;
        }

        (item.Quantity, UpdatedAt) = (quantity, now);
        return Result.Ok;
    }

    /// <summary>Takes a product out.</summary>
    /// <param name="productId">The product.</param>
    /// <param name="now">The present, UTC.</param>
    public Result RemoveItem(long productId, DateTimeOffset now)
    {
        if (Status != OrderStatus.Active)
        {
            return OrderErrors.NotActive(Status);
        }

        if (_items.RemoveAll(each => each.ProductId == productId) == 0)
        {
            return OrderErrors.ItemNotFound;
        }

        UpdatedAt = now;
        return Result.Ok;
    }

    /// <summary>Sends it elsewhere.</summary>
    /// <param name="address">The new address.</param>
    /// <param name="now">The present, UTC.</param>
    public Result ChangeAddress(Address address, DateTimeOffset now)
    {
        if (Status is not (OrderStatus.Active or OrderStatus.Placed or OrderStatus.Paid))
        {
            return OrderErrors.AddressFixed(Status);
        }

        (ShippingAddress, UpdatedAt) = (address, now);
        return Result.Ok;
    }

    /// <summary>Whether it can be placed, as far as the order itself can tell; asked before stock is taken for it.</summary>
    public Result CheckPlaceable() =>
        !OrderTransitions.Allows(Status, OrderStatus.Placed) ? OrderErrors.IllegalTransition(Status, OrderStatus.Placed)
        : _items.Count == 0 ? OrderErrors.Empty
        : Result.Ok;

    /// <summary>Makes it binding. The caller has taken the stock of every line in the same transaction.</summary>
    /// <param name="products">Every product of the order, as it is now.</param>
    /// <param name="now">The present, UTC.</param>
    /// <param name="coupon">The coupon that the caller has counted a use of in the same transaction, or null.</param>
    public Result Place(IReadOnlyDictionary<long, ProductSnapshot> products, DateTimeOffset now, Coupon? coupon = null)
    {
        if (CheckPlaceable() is { IsFailure: true } notPlaceable)
        {
            return notPlaceable;
        }

        if (Fix(item => products[item.ProductId], now) is { IsFailure: true } refused)
        {
            return refused;
        }

        if (coupon is not null && Apply(coupon, now) is { IsFailure: true } notValid)
        {
            return notValid;
        }

        _items.ForEach(item => item.StockHeld = item.Quantity);
        (Status, PlacedAt) = (OrderStatus.Placed, now);
        Raise(new OrderPlaced(this, now));
        return Result.Ok;
    }

    /// <summary>Moves it along the status machine, but for placing and cancelling, which move stock.</summary>
    /// <param name="to">Paid, shipped, delivered or refunded.</param>
    /// <param name="now">The present, UTC.</param>
    public Result Advance(OrderStatus to, DateTimeOffset now)
    {
        if (to is OrderStatus.Placed or OrderStatus.Cancelled || !OrderTransitions.Allows(Status, to))
        {
            return OrderErrors.IllegalTransition(Status, to);
        }

        PaidAt = to == OrderStatus.Paid ? now : PaidAt;
        RefundedAt = to == OrderStatus.Refunded ? now : null;
        (Status, UpdatedAt) = (to, now);
        Raise(to switch
        {
            OrderStatus.Paid => new OrderPaid(this, now),
            OrderStatus.Shipped => new OrderShipped(this, now),
            OrderStatus.Delivered => new OrderDelivered(this, now),
            _ => new OrderRefunded(this, now),
        });
        return Result.Ok;
    }

    /// <summary>Ends it before it was shipped.</summary>
    /// <param name="reason">Why: one of <see cref="CancelReasons"/>.</param>
    /// <param name="now">The present, UTC.</param>
    /// <returns>The stock that the caller gives back in the same transaction.</returns>
    public Result<IReadOnlyList<StockLine>> Cancel(string reason, DateTimeOffset now)
    {
        if (!OrderTransitions.Allows(Status, OrderStatus.Cancelled))
        {
            return OrderErrors.IllegalTransition(Status, OrderStatus.Cancelled);
        }

        RefundedAt = Status.IsPurchase() ? now : null;
        (Status, CancelReason, UpdatedAt) = (OrderStatus.Cancelled, reason, now);
        Raise(new OrderCancelled(this, now));
        return Result<IReadOnlyList<StockLine>>.From(_items.ConvertAll(ReleaseStock).FindAll(line => line.Quantity > 0));
    }

    private static StockLine ReleaseStock(OrderItem item)
    {
        var line = new StockLine(item.ProductId, item.StockHeld);
        item.StockHeld = 0;
        return line;
    }

    private Result Fix(Func<OrderItem, ProductSnapshot> productOf, DateTimeOffset now)
    {
        var subtotal = 0m;
        foreach (var item in _items)
        {
            if (item.Fix(productOf(item)) is { IsFailure: true } refused)
            {
                return refused;
            }

            subtotal += item.LineTotal!.Value;
        }

        if (subtotal > Money.MaxAmount)
        {
            return OrderErrors.TotalTooLarge;
        }

        AddUp(now);
        return Result.Ok;
    }

    private void AddUp(DateTimeOffset now)
    {
        Subtotal = Money.From(_items.Sum(item => item.LineTotal!.Value.Amount));
        Total = Money.From(Subtotal - Discount + Shipping + Tax);
        UpdatedAt = now;
    }
}

/// <summary>Units of a product that an order takes or gives back.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="Quantity">Units.</param>
public sealed record StockLine(long ProductId, int Quantity);
