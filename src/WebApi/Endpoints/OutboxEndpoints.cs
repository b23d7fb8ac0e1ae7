using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Shop.Application.Outbox;
using Shop.WebApi.Http;

namespace Shop.WebApi.Endpoints;

internal static class OutboxEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var outbox = routes.MapGroup("/outbox").WithTags("Outbox");
        outbox.MapGet("/", ListOutboxEvents).Sends<ListOutboxEvents>();
        outbox.MapPost("/{id:long}/retry", RetryOutboxEvent).Sends<RetryOutboxEvent>();
    }

    private static async Task<Results<PageOf<OutboxEventAnswer>, Problem>> ListOutboxEvents(
        [AsParameters] PageQuery page, [FromQuery(Name = "status")] string? status, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new ListOutboxEvents { Page = page.ToRequest(), Status = status }, cancellationToken)).ToPage();

    private static async Task<Results<Found<OutboxEventAnswer>, Problem>> RetryOutboxEvent(
        long id, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new RetryOutboxEvent(id), cancellationToken)
            .ThenAsync(() => sender.Send(new GetOutboxEvent(id), cancellationToken))).ToFound();
}
