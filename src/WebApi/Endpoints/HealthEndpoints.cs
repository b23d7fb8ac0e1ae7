using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Shop.Application.Health;
using Shop.WebApi.Http;
using Shop.WebApi.OpenApi;

namespace Shop.WebApi.Endpoints;

internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health").WithTags("Health");
        health.MapGet("/live", GetLiveness).Sends<GetLiveness>().DisableRateLimiting();
        health.MapGet("/ready", GetReadiness).Sends<GetReadiness>().DisableRateLimiting().Refuses(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<Results<Found<HealthAnswer>, Problem>> GetLiveness(IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new GetLiveness(), cancellationToken)).ToFound();

    private static async Task<Results<Found<HealthAnswer>, Problem>> GetReadiness(IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new GetReadiness(), cancellationToken)).ToFound();
}
