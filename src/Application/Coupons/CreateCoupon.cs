using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Coupons;

namespace Shop.Application.Coupons;

/// <summary>Makes a coupon.</summary>
[Access(Who.Admin)]
public sealed record CreateCoupon : ICommand<long>, ICouponInput
{
    /// <inheritdoc />
    public string? Code { get; init; }

    /// <inheritdoc />
    public decimal? Percent { get; init; }

    /// <inheritdoc />
    public decimal? Amount { get; init; }

    /// <inheritdoc />
    public int? MaxUses { get; init; }

    /// <inheritdoc />
    public int? MaxUsesPerUser { get; init; }

    /// <inheritdoc />
    public decimal? MinSubtotal { get; init; }

    /// <inheritdoc />
    public DateTimeOffset? StartsAt { get; init; }

    /// <inheritdoc />
    public DateTimeOffset? EndsAt { get; init; }
}

internal sealed class CreateCouponRules : AbstractValidator<CreateCoupon>
{
    public CreateCouponRules() => Include(new CouponInputRules());
}

internal sealed class CreateCouponHandler(IRepository<Coupon> coupons, TimeProvider clock) : IRequestHandler<CreateCoupon, Result<long>>
{
    public async Task<Result<long>> Handle(CreateCoupon command, CancellationToken cancellationToken)
    {
        var coupon = Coupon.Create(command.Code!.Trim(), command.ToTerms(), clock.GetUtcNow());
        if (coupon.IsFailure)
        {
            return coupon.Error;
        }

        await coupons.AddAsync(coupon.Value, cancellationToken);
        return coupon.Value.Id;
    }
}
