using Shop.Domain.Common;

namespace Shop.Domain.Coupons;

/// <summary>The queries over coupons.</summary>
public static class CouponSpecs
{
    /// <summary>The coupon of that id, unless it was deleted.</summary>
    /// <param name="id">The coupon's id.</param>
    public static Specification<Coupon> ById(long id) =>
        new(query => query.Where(coupon => coupon.Id == id && coupon.DeletedAt == null));

    /// <summary>The coupon of that code, unless it was deleted.</summary>
    /// <param name="code">The code, in any case.</param>
    public static Specification<Coupon> ByCode(string code) =>
        new(query => query.Where(coupon => coupon.Code == code && coupon.DeletedAt == null));

    /// <summary>The coupon of that code, if it can be used once more at a moment, as far as all together have used it.</summary>
    /// <param name="code">The code, in any case.</param>
    /// <param name="now">The moment, UTC.</param>
    public static Specification<Coupon> Usable(string code, DateTimeOffset now) =>
        new(query => query
            .Where(coupon => coupon.Code == code && coupon.DeletedAt == null)
            .Where(coupon => coupon.StartsAt == null || coupon.StartsAt <= now)
            .Where(coupon => coupon.EndsAt == null || coupon.EndsAt > now)
            .Where(coupon => coupon.MaxUses == null || coupon.Used < coupon.MaxUses));

    /// <summary>All coupons, newest first.</summary>
    public static Specification<Coupon> All() =>
        new(query => query
            .Where(coupon => coupon.DeletedAt == null)
            .OrderByDescending(coupon => coupon.CreatedAt)
            .OrderByDescending(coupon => coupon.Id));
}
