using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Application.Common.Paging;
using Shop.Domain.Common;
using Shop.Domain.Outbox;
using Shop.Domain.Webhooks;

namespace Shop.Application.Webhooks;

/// <summary>What was or is to be sent to a subscription, newest first. Finished deliveries are kept as long as events.</summary>
[Access(Who.Admin)]
public sealed record ListWebhookDeliveries : IPagedQuery<WebhookDeliveryAnswer>
{
    /// <summary>What deliveries can be asked for by.</summary>
    public static readonly IReadOnlyDictionary<string, DeliveryStatus> Statuses = new Dictionary<string, DeliveryStatus>
    {
        ["waiting"] = DeliveryStatus.Waiting,
        ["done"] = DeliveryStatus.Done,
        ["dead"] = DeliveryStatus.Dead,
    };

    /// <summary>The subscription.</summary>
    public required long WebhookId { get; init; }

    /// <inheritdoc />
    public required PageRequest Page { get; init; }

    /// <summary><c>waiting</c>, <c>done</c>, <c>dead</c>; all unless said.</summary>
    public string? Status { get; init; }
}

internal sealed class ListWebhookDeliveriesRules : AbstractValidator<ListWebhookDeliveries>
{
    public ListWebhookDeliveriesRules() => RuleFor(query => query.Status)
        .Must(status => status is null || ListWebhookDeliveries.Statuses.ContainsKey(status))
        .WithMessage($"Give one of {string.Join(", ", ListWebhookDeliveries.Statuses.Keys)}.");
}

internal sealed class ListWebhookDeliveriesHandler(IRepository<WebhookSubscription> webhooks, IRepository<WebhookDelivery> deliveries)
    : IRequestHandler<ListWebhookDeliveries, Result<Page<WebhookDeliveryAnswer>>>
{
    public async Task<Result<Page<WebhookDeliveryAnswer>>> Handle(ListWebhookDeliveries query, CancellationToken cancellationToken) =>
        await webhooks.AnyAsync(WebhookSpecs.ById(query.WebhookId), cancellationToken)
            ? await deliveries.GetPageAsync<WebhookDeliveryAnswer>(
                WebhookSpecs.DeliveriesOf(query.WebhookId, query.Status is null ? null : ListWebhookDeliveries.Statuses[query.Status]),
                query.Page,
                cancellationToken)
            : WebhookErrors.NotFound;
}
