using Shop.Application.Abstractions;
using Shop.Application.Payments;
using Shop.Domain.Carts;
using Shop.Domain.Catalog;
using Shop.Domain.Common;
using Shop.Domain.Coupons;
using Shop.Domain.Orders;
using Shop.Domain.Payments;

namespace Shop.Application.Orders;

/// <summary>Moves a locked order along its status machine, with all that follows from it: stock, coupons and money taken or given back, units sold.</summary>
internal sealed partial class OrderMoves(
    IStock stock,
    ICoupons coupons,
    OrderMoney money,
    IRepository<Order> orders,
    PaymentWindow window,
    IFaultPoints faults,
    ICurrentUser caller,
    TimeProvider clock)
{
    /// <summary>Moves an order to any status.</summary>
    public Task<Result> MoveAsync(Order order, OrderStatus to, CancellationToken cancellationToken) => to switch
    {
        OrderStatus.Placed => PlaceAsync(order, cancellationToken),
        OrderStatus.Cancelled => CancelAsync(order, cancellationToken),
        OrderStatus.Paid => PayByHandAsync(order, cancellationToken),
        OrderStatus.Refunded => RefundAsync(order, cancellationToken),
        _ => AdvanceAsync(order, to, cancellationToken),
    };

    /// <summary>Places an order on a buyer's terms: to their address, for the total that they expect.</summary>
    public async Task<Result> CheckOutAsync(Order order, ICheckoutInput input, CancellationToken cancellationToken)
    {
        if (await PlaceAsync(order, input.Coupon, cancellationToken) is { IsFailure: true } refused)
        {
            return refused;
        }

        return input.ExpectedTotal is { } expected && expected != order.Total
            ? CartErrors.Changed(order.Total)
            : order.ChangeAddress(input.ShippingAddress!.ToAddress(), clock.GetUtcNow());
    }

    /// <summary>Places an order: holds the stock of every line or of none.</summary>
    public Task<Result> PlaceAsync(Order order, CancellationToken cancellationToken) => PlaceAsync(order, couponCode: null, cancellationToken);

    private async Task<Result> PlaceAsync(Order order, string? couponCode, CancellationToken cancellationToken)
    {
        if (order.CheckPlaceable() is { IsFailure: true } refused)
        {
            return refused;
        }

        var released = _releasesFirst ? await ReleaseExpiredAsync(order.Units(), cancellationToken) : [];
        Coupon? coupon = null;
        if (!string.IsNullOrWhiteSpace(couponCode))
        {
            var redeemed = await coupons.RedeemAsync(couponCode.Trim(), order.Id, order.UserId, cancellationToken);
            if (redeemed.IsFailure)
            {
                return redeemed.Error;
            }

            coupon = redeemed.Value;
        }

        var taken = await stock.TakeAsync(order.Units(), StockReason.Placed, order.Id, cancellationToken);
        if (taken.IsFailure)
        {
            await RepeatIfExpiredAsync(taken.Error, released, cancellationToken);
            return taken.Error;
        }

        faults.Hit(FaultPoints.AfterHold);
        return order.Place(taken.Value, clock.GetUtcNow(), coupon);
    }

    /// <summary>Cancels an order: the stock that it holds is free again; the coupon too unless it was paid, and then what was paid is owed to the buyer.</summary>
    public async Task<Result> CancelAsync(Order order, CancellationToken cancellationToken)
    {
        var from = order.Status;
        var held = await EndAsync(order, order.UserId == caller.Id ? CancelReasons.Customer : CancelReasons.Admin, cancellationToken);
        if (held.IsFailure)
        {
            return held.Error;
        }

        await money.OweAsync(order, from, RefundReasons.Cancelled, cancellationToken);
        await CountSoldAsync(order, from, cancellationToken);
        await stock.GiveBackAsync(held.Value, StockReason.Released, order.Id, cancellationToken);
        return Result.Ok;
    }

    /// <summary>Ends an order, and gives back all that it holds but its stock, which comes last and is the caller's to give back.</summary>
    private async Task<Result<IReadOnlyList<StockLine>>> EndAsync(Order order, string reason, CancellationToken cancellationToken)
    {
        var givesCouponBack = order.HoldsUnpaidCoupon;
        var held = order.Cancel(reason, clock.GetUtcNow());
        if (givesCouponBack && !held.IsFailure)
        {
            await coupons.GiveBackAsync(order.Id, cancellationToken);
        }

        return held;
    }

    /// <summary>Notes that a payment of the order was captured.</summary>
    public Task<Result> PaidAsync(Order order, CancellationToken cancellationToken) => AdvanceAsync(order, OrderStatus.Paid, cancellationToken);

    /// <summary>Notes that all of the order's money went back.</summary>
    public Task<Result> RefundedAsync(Order order, CancellationToken cancellationToken) => AdvanceAsync(order, OrderStatus.Refunded, cancellationToken);

    /// <summary>Gives back the stock that an order still holds; comes after its move.</summary>
    public Task RestockAsync(Order order, CancellationToken cancellationToken) =>
        stock.GiveBackAsync(order.Restock(clock.GetUtcNow()), StockReason.Released, order.Id, cancellationToken);

    private async Task<Result> PayByHandAsync(Order order, CancellationToken cancellationToken) =>
        order.Status == OrderStatus.Placed && await money.ReceiveByHandAsync(order, cancellationToken) is { IsFailure: true } refused
            ? refused.Error
            : await PaidAsync(order, cancellationToken);

    private async Task<Result> RefundAsync(Order order, CancellationToken cancellationToken)
    {
        await money.OweAsync(order, order.Status, RefundReasons.Refunded, cancellationToken);
        return await RefundedAsync(order, cancellationToken);
    }

    private async Task<Result> AdvanceAsync(Order order, OrderStatus to, CancellationToken cancellationToken)
    {
        var from = order.Status;
        if (order.Advance(to, clock.GetUtcNow()) is { IsFailure: true } refused)
        {
            return refused;
        }

        await CountSoldAsync(order, from, cancellationToken);
        return Result.Ok;
    }

    /// <summary>Comes before any stock is given back: it locks every product of the order, in order.</summary>
    private Task CountSoldAsync(Order order, OrderStatus from, CancellationToken cancellationToken) =>
        (from.IsPurchase(), order.Status.IsPurchase()) switch
        {
            (false, true) => stock.CountSoldAsync(order.Units(), cancellationToken),
            (true, false) => stock.CountSoldAsync([.. order.Units().Select(line => line with { Quantity = -line.Quantity })], cancellationToken),
            _ => Task.CompletedTask,
        };
}
