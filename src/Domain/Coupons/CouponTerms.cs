using Shop.Domain.Common;

namespace Shop.Domain.Coupons;

/// <summary>What a coupon gives, to whom and when; null means no limit.</summary>
public sealed record CouponTerms
{
    /// <summary>Percent of the subtotal, above 0 to 100 with at most two decimals; this or <see cref="Amount"/>.</summary>
    public decimal? Percent { get; init; }

    /// <summary>An amount above 0; this or <see cref="Percent"/>.</summary>
    public Money? Amount { get; init; }

    /// <summary>Uses by all together, from 1.</summary>
    public int? MaxUses { get; init; }

    /// <summary>Uses by one user, from 1.</summary>
    public int? MaxUsesPerUser { get; init; }

    /// <summary>The smallest subtotal.</summary>
    public Money? MinSubtotal { get; init; }

    /// <summary>The first moment, UTC.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>The first moment after the last one, UTC.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Whether the terms fit together.</summary>
    internal Result Check() =>
        Percent is null == Amount is null ? CouponErrors.PercentOrAmount
        : EndsAt <= StartsAt ? CouponErrors.EndsBeforeStart
        : Result.Ok;
}
