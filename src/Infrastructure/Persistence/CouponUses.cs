using Microsoft.EntityFrameworkCore;
using Shop.Application.Abstractions;
using Shop.Domain.Common;
using Shop.Domain.Coupons;

namespace Shop.Infrastructure.Persistence;

internal sealed class CouponUses(ShopDbContext db, TimeProvider clock) : ICoupons
{
    /// <summary>
    /// The counting statement decides by itself for all together. It also makes those wait who use the same coupon, so that the statement
    /// after it, which sees what they committed, decides for the one buyer.
    /// </summary>
    public async Task<Result<Coupon>> RedeemAsync(string code, long orderId, long userId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var counted = await db.Coupons.Filter(CouponSpecs.Usable(code, now))
            .ExecuteUpdateAsync(row => row.SetProperty(coupon => coupon.Used, coupon => coupon.Used + 1), cancellationToken);
        if (await db.Coupons.AsNoTracking().Filter(CouponSpecs.ByCode(code)).SingleOrDefaultAsync(cancellationToken) is not { } coupon)
        {
            return CouponErrors.Unknown;
        }

        if (counted == 0)
        {
            return coupon.WhyNotUsable(now);
        }

        if (coupon.MaxUsesPerUser is { } limit && await CountAsync(coupon.Id, userId, cancellationToken) >= limit)
        {
            return CouponErrors.UsedUpByBuyer;
        }

        db.CouponRedemptions.Add(CouponRedemption.Of(coupon.Id, orderId, userId, now));
        return coupon;
    }

    public async Task GiveBackAsync(long orderId, CancellationToken cancellationToken)
    {
        await db.Coupons
            .Where(coupon => db.CouponRedemptions.Any(each => each.OrderId == orderId && each.CouponId == coupon.Id))
            .ExecuteUpdateAsync(row => row.SetProperty(coupon => coupon.Used, coupon => coupon.Used - 1), cancellationToken);
        await db.CouponRedemptions.Where(each => each.OrderId == orderId).ExecuteDeleteAsync(cancellationToken);
    }

    public Task<int> MostUsesByOneUserAsync(long couponId, CancellationToken cancellationToken) =>
        db.CouponRedemptions
            .Where(each => each.CouponId == couponId)
            .GroupBy(each => each.UserId)
            .Select(uses => uses.Count())
            .OrderByDescending(count => count)
            .FirstOrDefaultAsync(cancellationToken);

    private Task<int> CountAsync(long couponId, long userId, CancellationToken cancellationToken) =>
        db.CouponRedemptions.CountAsync(each => each.CouponId == couponId && each.UserId == userId, cancellationToken);
}
