using Shop.Domain.Common;

namespace Shop.Domain.Payments;

/// <summary>What payments and refunds are refused for.</summary>
public static class PaymentErrors
{
    /// <summary>No such payment of this order.</summary>
    public static Error NotFound => new(ErrorKind.NotFound, "payment_not_found", "There is no such payment.");

    /// <summary>No such refund of this order.</summary>
    public static Error RefundNotFound => new(ErrorKind.NotFound, "refund_not_found", "There is no such refund.");

    /// <summary>The provider declined.</summary>
    public static Error Declined =>
        new(ErrorKind.PaymentDeclined, "payment_declined", "The payment was declined and nothing was charged; try another payment method.");

    /// <summary>The provider never took it on.</summary>
    public static Error Failed =>
        new(ErrorKind.PaymentDeclined, "payment_failed", "The payment did not go through and nothing was charged; try again.");

    /// <summary>The reserved money was let go.</summary>
    public static Error Voided =>
        new(ErrorKind.Conflict, "payment_voided", "The order can't be paid any more; what was reserved has been let go, and nothing was charged.");

    /// <summary>The provider refused to be asked.</summary>
    public static Error ProviderUnavailable =>
        new(ErrorKind.Unavailable, "payment_provider_unavailable", "The payment provider can't be used at the moment and nothing was moved; try again later.");

    /// <summary>No provider is configured.</summary>
    public static Error NotConfigured =>
        new(ErrorKind.Unavailable, "payments_not_configured", "This shop takes no payments yet; its operator has to name a provider in Shop:Payments:Provider.");

    /// <summary>No provider of that name sends webhooks here.</summary>
    public static Error UnknownProvider =>
        new(ErrorKind.NotFound, "payment_provider_unknown", "There is no payment provider of this name.");

    /// <summary>The order is paid.</summary>
    public static Error AlreadyPaid => new(ErrorKind.Conflict, "already_paid", "The order is paid already.");

    /// <summary>Somebody is paying it right now.</summary>
    public static Error InProgress =>
        new(ErrorKind.Conflict, "payment_in_progress", "A payment of this order is under way; wait for its outcome.") { RetryAfter = TimeSpan.FromSeconds(2) };

    /// <summary>The order was not placed.</summary>
    public static Error NotPlaced => new(ErrorKind.Conflict, "order_not_placed", "Check the order out first; only a placed order can be paid.");

    /// <summary>The order ended.</summary>
    public static Error OrderEnded => new(ErrorKind.Conflict, "order_ended", "The order has ended and can't be paid any more.");

    /// <summary>The order ended while it was being paid.</summary>
    public static Error OrderEndedMeanwhile =>
        new(ErrorKind.Conflict, "order_ended", "The order ended while it was being paid; what was charged is given back.");

    /// <summary>Nobody paid the order, or not any more.</summary>
    public static Error NothingToRefund =>
        new(ErrorKind.Conflict, "nothing_to_refund", "There is no captured payment of this order that could be given back.");

    /// <summary>More than is left.</summary>
    /// <param name="left">What is left.</param>
    public static Error RefundTooLarge(Money left) =>
        left == Money.Zero
            ? NothingToRefund
            : new(ErrorKind.Conflict, "refund_too_large", $"Only {left} of the payment is left to be given back.") { Facts = new Dictionary<string, object> { ["left"] = left.Amount } };

    /// <summary>The provider did not give it back.</summary>
    public static Error RefundFailed =>
        new(ErrorKind.Conflict, "refund_failed", "The payment provider refused the refund; nothing was given back.");
}
