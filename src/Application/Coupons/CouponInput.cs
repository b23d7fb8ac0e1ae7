using FluentValidation;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Coupons;

namespace Shop.Application.Coupons;

/// <summary>What an admin writes of a coupon; the shape that creating and replacing share.</summary>
public interface ICouponInput
{
    /// <summary>What buyers type, in any case; required, up to 50 characters.</summary>
    string? Code { get; }

    /// <summary>Percent of the subtotal that it takes off, above 0 to 100 with at most two decimals; this or an amount.</summary>
    decimal? Percent { get; }

    /// <summary>The amount that it takes off, above 0 and never more than the subtotal; this or a percentage.</summary>
    decimal? Amount { get; }

    /// <summary>How often it can be used by all together; absent for any number.</summary>
    int? MaxUses { get; }

    /// <summary>How often one user can use it; absent for any number.</summary>
    int? MaxUsesPerUser { get; }

    /// <summary>The smallest subtotal that it can be used for; absent for any.</summary>
    decimal? MinSubtotal { get; }

    /// <summary>From when on it can be used; absent for always.</summary>
    DateTimeOffset? StartsAt { get; }

    /// <summary>From when on it can't be used any more, after <see cref="StartsAt"/>; absent for never.</summary>
    DateTimeOffset? EndsAt { get; }
}

/// <summary>The shape of each field; how they fit together is the domain's to say, since a PATCH gives only some.</summary>
internal sealed class CouponInputRules : AbstractValidator<ICouponInput>
{
    public CouponInputRules()
    {
        RuleFor(input => input.Code).RequiredText(Coupon.MaxCodeLength);
        RuleFor(input => input.Percent)
            .Must(percent => percent is null || (percent is > 0 and <= Coupon.MaxPercent && decimal.Round(percent.Value, 2) == percent))
            .WithMessage($"Give a percentage above 0 and up to {Coupon.MaxPercent} with at most two decimals.");
        RuleFor(input => input.Amount).Money().NotEqual(0).WithMessage("Give an amount above 0.");
        RuleFor(input => input.MaxUses).Must(IsLimit).WithMessage(LimitMessage);
        RuleFor(input => input.MaxUsesPerUser).Must(IsLimit).WithMessage(LimitMessage);
        RuleFor(input => input.MinSubtotal).Money();
    }

    private static string LimitMessage => $"Give a whole number from 1 to {Coupon.MaxUsesLimit}, or null for no limit.";

    private static bool IsLimit(int? uses) => uses is null or (>= 1 and <= Coupon.MaxUsesLimit);
}

internal static class CouponInputs
{
    public static CouponTerms ToTerms(this ICouponInput input) => new()
    {
        Percent = input.Percent,
        Amount = ToMoney(input.Amount),
        MaxUses = input.MaxUses,
        MaxUsesPerUser = input.MaxUsesPerUser,
        MinSubtotal = ToMoney(input.MinSubtotal),
        StartsAt = input.StartsAt?.ToUniversalTime(),
        EndsAt = input.EndsAt?.ToUniversalTime(),
    };

    private static Money? ToMoney(decimal? amount) => amount is { } given ? Money.From(given) : null;
}
