using Shop.Domain.Common;

namespace Shop.Domain.Coupons;

/// <summary>A code that takes something off an order.</summary>
/// <remarks>
/// Uses are counted by a conditional statement of the database, not through this class, and leave <see cref="AggregateRoot.Version"/>
/// alone: a use is no edit.
/// </remarks>
public sealed class Coupon : AggregateRoot
{
    /// <summary>The longest code.</summary>
    public const int MaxCodeLength = 50;

    /// <summary>The largest percentage.</summary>
    public const decimal MaxPercent = 100m;

    /// <summary>The largest limit on uses.</summary>
    public const int MaxUsesLimit = 1_000_000_000;

    private Coupon()
    {
    }

    /// <summary>What buyers type: unique among the coupons that were not deleted, without regard to case.</summary>
    public string Code { get; private set; } = "";

    /// <summary>Percent of the subtotal that it takes off, above 0 to 100 with at most two decimals; null when it takes an amount.</summary>
    public decimal? Percent { get; private set; }

    /// <summary>The amount that it takes off, never more than the subtotal; null when it takes a percentage.</summary>
    public Money? Amount { get; private set; }

    /// <summary>How often it can be used by all together, or null for any number.</summary>
    public int? MaxUses { get; private set; }

    /// <summary>How often one user can use it, or null for any number.</summary>
    public int? MaxUsesPerUser { get; private set; }

    /// <summary>The smallest subtotal that it can be used for, or null for any.</summary>
    public Money? MinSubtotal { get; private set; }

    /// <summary>From when on it can be used, UTC, or null for always.</summary>
    public DateTimeOffset? StartsAt { get; private set; }

    /// <summary>From when on it can't be used any more, UTC, or null for never.</summary>
    public DateTimeOffset? EndsAt { get; private set; }

    /// <summary>How often it is used: by orders that are placed or were paid.</summary>
    public int Used { get; private set; }

    /// <summary>When it was deleted, UTC; null while it is there.</summary>
    public DateTimeOffset? DeletedAt { get; private set; }

    /// <summary>A new coupon.</summary>
    /// <param name="code">Its code, not empty, trimmed.</param>
    /// <param name="terms">What it gives and when.</param>
    /// <param name="now">The present, UTC.</param>
    /// <returns>Refused when the terms contradict each other.</returns>
    public static Result<Coupon> Create(string code, CouponTerms terms, DateTimeOffset now)
    {
        var coupon = new Coupon { CreatedAt = now };
        return coupon.Edit(code, terms, mostUsesByOneUser: 0, now) is { IsFailure: true } refused ? refused.Error : coupon;
    }

    /// <summary>Changes the code and the terms, for orders to come; those that used it keep their discount.</summary>
    /// <param name="code">Its code, not empty, trimmed.</param>
    /// <param name="terms">What it gives and when.</param>
    /// <param name="mostUsesByOneUser">How often the user who used it most has used it.</param>
    /// <param name="now">The present, UTC.</param>
    /// <returns>Refused when the terms contradict each other, or a limit is below what is used already.</returns>
    public Result Edit(string code, CouponTerms terms, int mostUsesByOneUser, DateTimeOffset now)
    {
        if (terms.Check() is { IsFailure: true } refused)
        {
            return refused;
        }

        if (terms.MaxUses < Used)
        {
            return CouponErrors.LimitTooLow("max_uses", Used);
        }

        if (terms.MaxUsesPerUser < mostUsesByOneUser)
        {
            return CouponErrors.LimitTooLow("max_uses_per_user", mostUsesByOneUser);
        }

        (Code, Percent, Amount, MinSubtotal) = (code, terms.Percent, terms.Amount, terms.MinSubtotal);
        (MaxUses, MaxUsesPerUser) = (terms.MaxUses, terms.MaxUsesPerUser);
        (StartsAt, EndsAt, UpdatedAt) = (terms.StartsAt, terms.EndsAt, now);
        return Result.Ok;
    }

    /// <summary>Takes it away: it can't be used any more and its code is free. What was bought with it stays as it is.</summary>
    /// <param name="now">The present, UTC.</param>
    public void Delete(DateTimeOffset now) => (DeletedAt, UpdatedAt) = (now, now);

    /// <summary>Why it can't be used at a moment, where the database has said that it can't.</summary>
    /// <param name="now">The moment, UTC.</param>
    public Error WhyNotUsable(DateTimeOffset now) =>
        now < StartsAt ? CouponErrors.NotYet
        : now >= EndsAt ? CouponErrors.Ended
        : CouponErrors.UsedUp;

    /// <summary>What it takes off a subtotal: a percentage rounded half away from zero to the cent, or an amount; at most the subtotal.</summary>
    /// <param name="subtotal">Sum of the lines.</param>
    /// <returns>Refused below the smallest subtotal.</returns>
    public Result<Money> DiscountOn(Money subtotal)
    {
        if (MinSubtotal is { } minimum && subtotal < minimum)
        {
            return CouponErrors.BelowMinimum(minimum);
        }

        var amount = Percent is { } percent ? decimal.Round(subtotal * percent / 100, 2, MidpointRounding.AwayFromZero) : Amount!.Value;
        return Money.From(decimal.Min(amount, subtotal));
    }
}
