using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Webhooks;

namespace Shop.Application.Webhooks;

/// <summary>One delivery.</summary>
/// <param name="Id">The delivery's id.</param>
[Access(Who.Admin)]
public sealed record GetWebhookDelivery(long Id) : IQuery<WebhookDeliveryAnswer>;

internal sealed class GetWebhookDeliveryHandler(IRepository<WebhookDelivery> deliveries)
    : IRequestHandler<GetWebhookDelivery, Result<WebhookDeliveryAnswer>>
{
    public async Task<Result<WebhookDeliveryAnswer>> Handle(GetWebhookDelivery query, CancellationToken cancellationToken) =>
        await deliveries.GetAsync<WebhookDeliveryAnswer>(WebhookSpecs.Delivery(query.Id), cancellationToken) is { } delivery
            ? delivery
            : WebhookErrors.DeliveryNotFound;
}
