using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Shop.Application.Analytics;
using Shop.Application.Purchases;
using Shop.WebApi.Http;
using Shop.WebApi.Http.Idempotency;
using Shop.WebApi.OpenApi;

namespace Shop.WebApi.Endpoints;

internal static class PurchaseEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var purchases = routes.MapGroup("/purchases").WithTags("Purchases");
        purchases.MapPost("/", RecordPurchase).Sends<RecordPurchase>().Idempotent();
        purchases.MapGet("/{id:long}", GetPurchase).Sends<GetPurchase>();
        purchases.MapPatch("/{id:long}", UpdatePurchase).Sends<UpdatePurchase>();
        purchases.MapDelete("/{id:long}", DeletePurchase).Sends<DeletePurchase>();
        purchases.MapGet("/user/{id:long}", ListPurchases).Sends<ListPurchases>();
        purchases.MapGet("/analytic/most_valuable_customer", GetMostValuableCustomer).Sends<GetMostValuableCustomer>().Refuses(404);
        purchases.MapGet("/analytic/most_popular_product", GetMostPopularProduct).Sends<GetMostPopularProduct>().Refuses(404);
    }

    private static async Task<Results<Made<PurchaseAnswer>, Problem>> RecordPurchase(
        RecordPurchase command, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(command, cancellationToken)
            .ThenAsync(orderId => sender.Send(new GetRecordedPurchase(orderId), cancellationToken)))
        .ToMade(purchase => $"/purchases/{purchase.Id}");

    private static async Task<Results<Found<PurchaseAnswer>, Problem>> GetPurchase(
        long id, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new GetPurchase(id), cancellationToken)).ToFound();

    private static async Task<Results<Found<PurchaseAnswer>, Problem>> UpdatePurchase(
        long id, UpdatePurchase command, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(command with { Id = id }, cancellationToken)
            .ThenAsync(() => sender.Send(new GetPurchase(id), cancellationToken))).ToFound();

    private static async Task<Results<Found<PurchaseAnswer>, Problem>> DeletePurchase(
        long id, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new DeletePurchase(id), cancellationToken)).ToFound();

    private static async Task<Results<PageOf<PurchaseWithProductAnswer>, Problem>> ListPurchases(
        long id, [AsParameters] PageQuery page, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new ListPurchases(id, page.ToRequest()), cancellationToken)).ToPage();

    private static async Task<Results<Found<MostValuableCustomerAnswer>, Problem>> GetMostValuableCustomer(
        IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new GetMostValuableCustomer(), cancellationToken)).ToFound();

    private static async Task<Results<Found<MostPopularProductAnswer>, Problem>> GetMostPopularProduct(
        IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new GetMostPopularProduct(), cancellationToken)).ToFound();
}
