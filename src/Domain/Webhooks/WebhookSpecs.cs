using Shop.Domain.Common;
using Shop.Domain.Outbox;

namespace Shop.Domain.Webhooks;

/// <summary>The queries over webhooks and their deliveries.</summary>
public static class WebhookSpecs
{
    /// <summary>The subscription of that id.</summary>
    /// <param name="id">Its id.</param>
    public static Specification<WebhookSubscription> ById(long id) => new(query => query.Where(webhook => webhook.Id == id));

    /// <summary>All subscriptions, newest first.</summary>
    public static Specification<WebhookSubscription> All() =>
        new(query => query.OrderByDescending(webhook => webhook.CreatedAt).OrderByDescending(webhook => webhook.Id));

    /// <summary>The delivery of that id.</summary>
    /// <param name="id">Its id.</param>
    public static Specification<WebhookDelivery> Delivery(long id) => new(query => query.Where(delivery => delivery.Id == id));

    /// <summary>What was or is to be sent to a subscription, newest first.</summary>
    /// <param name="webhookId">The subscription.</param>
    /// <param name="status">Where they stand; null for all.</param>
    public static Specification<WebhookDelivery> DeliveriesOf(long webhookId, DeliveryStatus? status) =>
        new(query => query
            .Where(delivery => delivery.WebhookId == webhookId)
            .Where(status is not null, delivery => delivery.Status == status)
            .OrderByDescending(delivery => delivery.CreatedAt)
            .OrderByDescending(delivery => delivery.Id));
}
