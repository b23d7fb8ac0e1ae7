using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Application.Common.Paging;
using Shop.Domain.Common;
using Shop.Domain.Coupons;

namespace Shop.Application.Coupons;

/// <summary>All coupons, newest first.</summary>
/// <param name="Page">Which page.</param>
[Access(Who.Admin)]
public sealed record ListCoupons(PageRequest Page) : IPagedQuery<CouponAnswer>;

internal sealed class ListCouponsHandler(IRepository<Coupon> coupons) : IRequestHandler<ListCoupons, Result<Page<CouponAnswer>>>
{
    public Task<Result<Page<CouponAnswer>>> Handle(ListCoupons query, CancellationToken cancellationToken) =>
        coupons.GetPageAsync<CouponAnswer>(CouponSpecs.All(), query.Page, cancellationToken);
}
