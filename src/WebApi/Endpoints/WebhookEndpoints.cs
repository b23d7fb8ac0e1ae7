using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Shop.Application.Webhooks;
using Shop.WebApi.Http;

namespace Shop.WebApi.Endpoints;

internal static class WebhookEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var webhooks = routes.MapGroup("/webhooks").WithTags("Webhooks");
        webhooks.MapGet("/", ListWebhooks).Sends<ListWebhooks>();
        webhooks.MapPost("/", CreateWebhook).Sends<CreateWebhook>();
        webhooks.MapGet("/{id:long}", GetWebhook).Sends<GetWebhook>();
        webhooks.MapPut("/{id:long}", ReplaceWebhook).Sends<ReplaceWebhook>();
        webhooks.MapPatch("/{id:long}", UpdateWebhook).Sends<UpdateWebhook>();
        webhooks.MapDelete("/{id:long}", DeleteWebhook).Sends<DeleteWebhook>();
        webhooks.MapPost("/{id:long}/secret", RotateWebhookSecret).Sends<RotateWebhookSecret>();
        webhooks.MapGet("/{id:long}/deliveries", ListWebhookDeliveries).Sends<ListWebhookDeliveries>();
        webhooks.MapPost("/deliveries/{id:long}/retry", RetryWebhookDelivery).Sends<RetryWebhookDelivery>();
    }

    private static async Task<Results<PageOf<WebhookAnswer>, Problem>> ListWebhooks(
        [AsParameters] PageQuery page, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new ListWebhooks(page.ToRequest()), cancellationToken)).ToPage();

    private static async Task<Results<Made<NewWebhookAnswer>, Problem>> CreateWebhook(
        CreateWebhook command, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(command, cancellationToken)).ToMade(webhook => $"/webhooks/{webhook.Id}");

    private static async Task<Results<Found<WebhookAnswer>, Problem>> GetWebhook(
        long id, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new GetWebhook(id), cancellationToken)).ToFound();

    private static async Task<Results<Found<WebhookAnswer>, Problem>> ReplaceWebhook(
        long id, IfMatch ifMatch, ReplaceWebhook command, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(command with { Id = id, Expected = ifMatch.Expected }, cancellationToken)
            .ThenAsync(() => sender.Send(new GetWebhook(id), cancellationToken))).ToFound();

    private static async Task<Results<Found<WebhookAnswer>, Problem>> UpdateWebhook(
        long id, IfMatch ifMatch, UpdateWebhook command, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(command with { Id = id, Expected = ifMatch.Expected }, cancellationToken)
            .ThenAsync(() => sender.Send(new GetWebhook(id), cancellationToken))).ToFound();

    private static async Task<Results<NoContent, Problem>> DeleteWebhook(
        long id, IfMatch ifMatch, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new DeleteWebhook(id, ifMatch.Expected), cancellationToken)).ToNoContent();

    private static async Task<Results<Found<WebhookSecretAnswer>, Problem>> RotateWebhookSecret(
        long id, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new RotateWebhookSecret(id), cancellationToken)).ToFound();

    private static async Task<Results<PageOf<WebhookDeliveryAnswer>, Problem>> ListWebhookDeliveries(
        long id,
        [AsParameters] PageQuery page,
        [FromQuery(Name = "status")] string? status,
        IMediator sender,
        CancellationToken cancellationToken) =>
        (await sender.Send(new ListWebhookDeliveries { WebhookId = id, Page = page.ToRequest(), Status = status }, cancellationToken)).ToPage();

    private static async Task<Results<Found<WebhookDeliveryAnswer>, Problem>> RetryWebhookDelivery(
        long id, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new RetryWebhookDelivery(id), cancellationToken)
            .ThenAsync(() => sender.Send(new GetWebhookDelivery(id), cancellationToken))).ToFound();
}
