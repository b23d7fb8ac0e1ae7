using Shop.Domain.Common;

namespace Shop.Domain.Webhooks;

/// <summary>What webhooks refuse.</summary>
public static class WebhookErrors
{
    /// <summary>No subscription of that id.</summary>
    public static Error NotFound => new(ErrorKind.NotFound, "webhook_not_found", "There is no such webhook.");

    /// <summary>No such delivery, or one that was purged.</summary>
    public static Error DeliveryNotFound =>
        new(ErrorKind.NotFound, "webhook_delivery_not_found", "There is no such delivery; finished ones are kept for a while only.");

    /// <summary>Only what is done or dead is sent again.</summary>
    public static Error DeliveryWaits =>
        new(ErrorKind.Conflict, "webhook_delivery_waiting", "The delivery is waiting to be sent already; only one that is done or dead can be sent again.");

    /// <summary>Nothing is sent to a subscription that is switched off.</summary>
    public static Error NotActive =>
        new(ErrorKind.Conflict, "webhook_not_active", "The webhook is not active; set active to true first, then send the delivery again.");
}
