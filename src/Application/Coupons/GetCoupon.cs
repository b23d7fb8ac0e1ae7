using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Coupons;

namespace Shop.Application.Coupons;

/// <summary>One coupon.</summary>
/// <param name="Id">The coupon's id.</param>
[Access(Who.Admin)]
public sealed record GetCoupon(long Id) : IQuery<CouponAnswer>;

internal sealed class GetCouponHandler(IRepository<Coupon> coupons) : IRequestHandler<GetCoupon, Result<CouponAnswer>>
{
    public async Task<Result<CouponAnswer>> Handle(GetCoupon query, CancellationToken cancellationToken) =>
        await coupons.GetAsync<CouponAnswer>(CouponSpecs.ById(query.Id), cancellationToken) is { } coupon
            ? coupon
            : CouponErrors.NotFound;
}
