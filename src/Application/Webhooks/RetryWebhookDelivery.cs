using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Outbox;
using Shop.Domain.Webhooks;

namespace Shop.Application.Webhooks;

/// <summary>Sends a delivery again that is done or was given up: the same bytes, to where the subscription points now.</summary>
/// <param name="Id">The delivery's id.</param>
[Access(Who.Admin)]
public sealed record RetryWebhookDelivery(long Id) : ICommand;

internal sealed class RetryWebhookDeliveryHandler(IRepository<WebhookDelivery> deliveries, IWebhookDeliveries waiting)
    : IRequestHandler<RetryWebhookDelivery, Result>
{
    public async Task<Result> Handle(RetryWebhookDelivery command, CancellationToken cancellationToken)
    {
        if (await waiting.ReviveAsync(command.Id, cancellationToken))
        {
            return Result.Ok;
        }

        var found = await deliveries.GetAsync<WebhookDeliveryAnswer>(WebhookSpecs.Delivery(command.Id), cancellationToken);
        return found?.Status switch
        {
            null => WebhookErrors.DeliveryNotFound,
            DeliveryStatus.Waiting => WebhookErrors.DeliveryWaits,
            _ => WebhookErrors.NotActive,
        };
    }
}
