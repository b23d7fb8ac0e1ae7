using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Webhooks;

namespace Shop.Application.Webhooks;

/// <summary>One subscription.</summary>
/// <param name="Id">The subscription's id.</param>
[Access(Who.Admin)]
public sealed record GetWebhook(long Id) : IQuery<WebhookAnswer>;

internal sealed class GetWebhookHandler(IRepository<WebhookSubscription> webhooks) : IRequestHandler<GetWebhook, Result<WebhookAnswer>>
{
    public async Task<Result<WebhookAnswer>> Handle(GetWebhook query, CancellationToken cancellationToken) =>
        await webhooks.GetAsync<WebhookAnswer>(WebhookSpecs.ById(query.Id), cancellationToken) is { } webhook
            ? webhook
            : WebhookErrors.NotFound;
}
