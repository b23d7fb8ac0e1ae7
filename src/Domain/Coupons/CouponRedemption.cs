namespace Shop.Domain.Coupons;

/// <summary>A use of a coupon by an order. It is removed when the order ends unpaid, so a coupon's redemptions are its uses.</summary>
public sealed class CouponRedemption
{
    private CouponRedemption()
    {
    }

    /// <summary>The order, which uses one coupon at most.</summary>
    public long OrderId { get; private set; }

    /// <summary>The coupon.</summary>
    public long CouponId { get; private set; }

    /// <summary>Who buys.</summary>
    public long UserId { get; private set; }

    /// <summary>When it was used, UTC.</summary>
    public DateTimeOffset RedeemedAt { get; private set; }

    /// <summary>A use that happens now.</summary>
    /// <param name="couponId">The coupon.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="userId">Who buys.</param>
    /// <param name="now">The present, UTC.</param>
    public static CouponRedemption Of(long couponId, long orderId, long userId, DateTimeOffset now) =>
        new() { CouponId = couponId, OrderId = orderId, UserId = userId, RedeemedAt = now };
}
