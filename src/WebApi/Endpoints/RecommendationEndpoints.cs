using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Shop.Application.Catalog;
using Shop.Application.Common.Paging;
using Shop.Application.Recommendations;
using Shop.WebApi.Http;
using Shop.WebApi.OpenApi;

namespace Shop.WebApi.Endpoints;

internal static class RecommendationEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var recommendations = routes.MapGroup("/recommendations").WithTags("Recommendations");
        recommendations.MapGet("/", GetRecommendations).Sends<GetRecommendations>().Refuses(404);
        recommendations.MapPost("/train", TrainRecommender).Sends<TrainRecommender>();
        routes.MapGet("/products/{id:long}/similar", ListSimilarProducts).WithTags("Products").Sends<ListSimilarProducts>();
    }

    private static async Task<Results<Found<IReadOnlyList<ProductAnswer>>, Problem>> GetRecommendations(
        [FromQuery(Name = "user_id")] long? userId, [FromQuery(Name = "limit")] int? limit, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new GetRecommendations(userId, limit ?? PageRequest.DefaultLimit), cancellationToken)).ToFound();

    private static async Task<Results<Found<TrainingAnswer>, Problem>> TrainRecommender(
        IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new TrainRecommender(), cancellationToken)).ToFound();

    private static async Task<Results<Found<IReadOnlyList<ProductAnswer>>, Problem>> ListSimilarProducts(
        long id, [FromQuery(Name = "limit")] int? limit, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new ListSimilarProducts(id, limit ?? PageRequest.DefaultLimit), cancellationToken)).ToFound();
}
