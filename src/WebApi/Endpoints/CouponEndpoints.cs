using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Shop.Application.Coupons;
using Shop.WebApi.Http;

namespace Shop.WebApi.Endpoints;

internal static class CouponEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var coupons = routes.MapGroup("/coupons").WithTags("Coupons");
        coupons.MapGet("/", ListCoupons).Sends<ListCoupons>();
        coupons.MapPost("/", CreateCoupon).Sends<CreateCoupon>();
        coupons.MapGet("/{id:long}", GetCoupon).Sends<GetCoupon>();
        coupons.MapPut("/{id:long}", ReplaceCoupon).Sends<ReplaceCoupon>();
        coupons.MapPatch("/{id:long}", UpdateCoupon).Sends<UpdateCoupon>();
        coupons.MapDelete("/{id:long}", DeleteCoupon).Sends<DeleteCoupon>();
    }

    private static async Task<Results<PageOf<CouponAnswer>, Problem>> ListCoupons(
        [AsParameters] PageQuery page, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new ListCoupons(page.ToRequest()), cancellationToken)).ToPage();

    private static async Task<Results<Made<CouponAnswer>, Problem>> CreateCoupon(
        CreateCoupon command, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(command, cancellationToken).ThenAsync(id => sender.Send(new GetCoupon(id), cancellationToken)))
        .ToMade(coupon => $"/coupons/{coupon.Id}");

    private static async Task<Results<Found<CouponAnswer>, Problem>> GetCoupon(
        long id, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new GetCoupon(id), cancellationToken)).ToFound();

    private static async Task<Results<Found<CouponAnswer>, Problem>> ReplaceCoupon(
        long id, IfMatch ifMatch, ReplaceCoupon command, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(command with { Id = id, Expected = ifMatch.Expected }, cancellationToken)
            .ThenAsync(() => sender.Send(new GetCoupon(id), cancellationToken))).ToFound();

    private static async Task<Results<Found<CouponAnswer>, Problem>> UpdateCoupon(
        long id, IfMatch ifMatch, UpdateCoupon command, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(command with { Id = id, Expected = ifMatch.Expected }, cancellationToken)
            .ThenAsync(() => sender.Send(new GetCoupon(id), cancellationToken))).ToFound();

    private static async Task<Results<NoContent, Problem>> DeleteCoupon(
        long id, IfMatch ifMatch, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new DeleteCoupon(id, ifMatch.Expected), cancellationToken)).ToNoContent();
}
