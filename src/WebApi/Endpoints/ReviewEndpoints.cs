using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Shop.Application.Reviews;
using Shop.WebApi.Http;
using Shop.WebApi.OpenApi;

namespace Shop.WebApi.Endpoints;

internal static class ReviewEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var ofProduct = routes.MapGroup("/products/{id:long}/reviews").WithTags("Reviews");
        ofProduct.MapGet("/", ListReviews).Sends<ListReviews>();
        ofProduct.MapPost("/", CreateReview).Sends<CreateReview>();

        var reviews = routes.MapGroup("/reviews").WithTags("Reviews");
        reviews.MapGet("/{id:long}", GetReview).Sends<GetReview>();
        reviews.MapPut("/{id:long}", ReplaceReview).Sends<ReplaceReview>().Refuses(403);
        reviews.MapPatch("/{id:long}", UpdateReview).Sends<UpdateReview>().Refuses(403);
        reviews.MapDelete("/{id:long}", DeleteReview).Sends<DeleteReview>().Refuses(403);
    }

    private static async Task<Results<PageOf<ReviewAnswer>, Problem>> ListReviews(
        long id, [AsParameters] PageQuery page, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new ListReviews(id, page.ToRequest()), cancellationToken)).ToPage();

    private static async Task<Results<Made<ReviewAnswer>, Problem>> CreateReview(
        long id, CreateReview command, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(command with { ProductId = id }, cancellationToken)
            .ThenAsync(review => sender.Send(new GetReview(review), cancellationToken)))
        .ToMade(review => $"/reviews/{review.Id}");

    private static async Task<Results<Found<ReviewAnswer>, Problem>> GetReview(
        long id, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new GetReview(id), cancellationToken)).ToFound();

    private static async Task<Results<Found<ReviewAnswer>, Problem>> ReplaceReview(
        long id, IfMatch ifMatch, ReplaceReview command, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(command with { Id = id, Expected = ifMatch.Expected }, cancellationToken)
            .ThenAsync(() => sender.Send(new GetReview(id), cancellationToken))).ToFound();

    private static async Task<Results<Found<ReviewAnswer>, Problem>> UpdateReview(
        long id, IfMatch ifMatch, UpdateReview command, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(command with { Id = id, Expected = ifMatch.Expected }, cancellationToken)
            .ThenAsync(() => sender.Send(new GetReview(id), cancellationToken))).ToFound();

    private static async Task<Results<NoContent, Problem>> DeleteReview(
        long id, IfMatch ifMatch, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new DeleteReview(id, ifMatch.Expected), cancellationToken)).ToNoContent();
}
