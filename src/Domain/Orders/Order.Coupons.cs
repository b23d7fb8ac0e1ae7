using Shop.Domain.Common;
using Shop.Domain.Coupons;

namespace Shop.Domain.Orders;

/// <content>What a coupon takes off.</content>
public sealed partial class Order
{
    /// <summary>The code of the coupon that it was placed with, as the coupon was called then; null for none.</summary>
    public string? CouponCode { get; private set; }

    /// <summary>Whether it uses a coupon that it gives back when it is cancelled: once paid, the use stays.</summary>
    public bool HoldsUnpaidCoupon => CouponCode is not null && Status == OrderStatus.Placed;

    /// <summary>Takes the discount off, spread over the lines in proportion to their totals.</summary>
    private Result Apply(Coupon coupon, DateTimeOffset now)
    {
        var discount = coupon.DiscountOn(Subtotal);
        if (discount.IsFailure)
        {
            return discount.Error;
        }

        var parts = Apportionment.Split(discount.Value, _items.ConvertAll(item => item.LineTotal!.Value));
        for (var i = 0; i < parts.Count; i++)
        {
            _items[i].Discount = parts[i];
        }

        (CouponCode, Discount) = (coupon.Code, discount.Value);
        AddUp(now);
        return Result.Ok;
    }
}
