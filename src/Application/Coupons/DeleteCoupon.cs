using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Coupons;

namespace Shop.Application.Coupons;

/// <summary>Takes a coupon away; its code is free for another. Orders that used it keep their discount.</summary>
/// <param name="Id">Which coupon.</param>
/// <param name="Expected">The version that the caller has seen.</param>
[Access(Who.Admin)]
public sealed record DeleteCoupon(long Id, ExpectedVersion? Expected) : ICommand;

internal sealed class DeleteCouponHandler(IRepository<Coupon> coupons, TimeProvider clock) : IRequestHandler<DeleteCoupon, Result>
{
    public async Task<Result> Handle(DeleteCoupon command, CancellationToken cancellationToken)
    {
        var found = await coupons.FindToEditAsync(command.Id, command.Expected, cancellationToken);
        if (found.IsFailure)
        {
            return found.Error;
        }

        found.Value.Delete(clock.GetUtcNow());
        return Result.Ok;
    }
}
