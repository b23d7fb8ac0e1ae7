using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Application.Common.Paging;
using Shop.Domain.Common;
using Shop.Domain.Webhooks;

namespace Shop.Application.Webhooks;

/// <summary>All subscriptions, newest first.</summary>
/// <param name="Page">Which page.</param>
[Access(Who.Admin)]
public sealed record ListWebhooks(PageRequest Page) : IPagedQuery<WebhookAnswer>;

internal sealed class ListWebhooksHandler(IRepository<WebhookSubscription> webhooks)
    : IRequestHandler<ListWebhooks, Result<Page<WebhookAnswer>>>
{
    public Task<Result<Page<WebhookAnswer>>> Handle(ListWebhooks query, CancellationToken cancellationToken) =>
        webhooks.GetPageAsync<WebhookAnswer>(WebhookSpecs.All(), query.Page, cancellationToken);
}
