using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Coupons;

namespace Shop.Application.Coupons;

/// <summary>
/// Changes what is given of a coupon; null takes a limit away. A percentage takes the place of an amount, and the other way round.
/// Orders that used it keep their discount.
/// </summary>
[Access(Who.Admin)]
public sealed record UpdateCoupon : ICommand
{
    /// <summary>Which coupon.</summary>
    [JsonIgnore]
    public long Id { get; init; }

    /// <summary>The version that the caller has seen.</summary>
    [JsonIgnore]
    public ExpectedVersion? Expected { get; init; }

    /// <summary>What buyers type, in any case; up to 50 characters.</summary>
    public Optional<string> Code { get; init; }

    /// <summary>Percent of the subtotal that it takes off, above 0 to 100 with at most two decimals.</summary>
    public Optional<decimal?> Percent { get; init; }

    /// <summary>The amount that it takes off, above 0 and never more than the subtotal.</summary>
    public Optional<decimal?> Amount { get; init; }

    /// <summary>How often it can be used by all together; not less than it is used already.</summary>
    public Optional<int?> MaxUses { get; init; }

    /// <summary>How often one user can use it; not less than one has used it already.</summary>
    public Optional<int?> MaxUsesPerUser { get; init; }

    /// <summary>The smallest subtotal that it can be used for.</summary>
    public Optional<decimal?> MinSubtotal { get; init; }

    /// <summary>From when on it can be used.</summary>
    public Optional<DateTimeOffset?> StartsAt { get; init; }

    /// <summary>From when on it can't be used any more.</summary>
    public Optional<DateTimeOffset?> EndsAt { get; init; }

    /// <summary>The coupon as it would be, in the shape of a whole one.</summary>
    /// <param name="coupon">The coupon as it is.</param>
    internal ReplaceCoupon Onto(Coupon coupon) => new()
    {
        Code = Code.Or(coupon.Code),
        Percent = Percent.Or(Amount.Value is null ? coupon.Percent : null),
        Amount = Amount.Or(Percent.Value is null ? coupon.Amount?.Amount : null),
        MaxUses = MaxUses.Or(coupon.MaxUses),
        MaxUsesPerUser = MaxUsesPerUser.Or(coupon.MaxUsesPerUser),
        MinSubtotal = MinSubtotal.Or(coupon.MinSubtotal?.Amount),
        StartsAt = StartsAt.Or(coupon.StartsAt),
        EndsAt = EndsAt.Or(coupon.EndsAt),
    };
}

internal sealed class UpdateCouponRules : AbstractValidator<UpdateCoupon>
{
    private static readonly Coupon Valid = Coupon.Create("valid", new CouponTerms { Percent = 1 }, DateTimeOffset.MinValue).Value;

    public UpdateCouponRules() =>
        RuleFor(command => command.Onto(Valid)).SetValidator(new CouponInputRules()).OverridePropertyName("");
}

internal sealed class UpdateCouponHandler(CouponEditing editing) : IRequestHandler<UpdateCoupon, Result>
{
    public Task<Result> Handle(UpdateCoupon command, CancellationToken cancellationToken) =>
        editing.EditAsync(command.Id, command.Expected, command.Onto, cancellationToken);
}
