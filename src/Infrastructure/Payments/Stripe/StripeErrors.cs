using Shop.Domain.Common;

namespace Shop.Infrastructure.Payments.Stripe;

/// <summary>Why a webhook in Stripe's name is refused.</summary>
internal static class StripeErrors
{
    public static Error NotConfigured { get; } = new(
        ErrorKind.Invalid, "stripe_webhooks_not_configured", "This shop takes no webhooks of Stripe; set Shop:Payments:Stripe:WebhookSecrets.");

    public static Error SignatureMissing { get; } = new(
        ErrorKind.Invalid, "stripe_signature_missing", "Send the Stripe-Signature header as t=<unix seconds>,v1=<hex>.");

    public static Error SignatureExpired { get; } = new(
        ErrorKind.Invalid, "stripe_signature_expired", "The signature's time is more than 300 seconds off; sign again.");

    public static Error SignatureInvalid { get; } = new(
        ErrorKind.Invalid, "stripe_signature_invalid", "No v1 signature fits the raw body under any secret of this endpoint.");

    public static Error EventInvalid { get; } = new(
        ErrorKind.Invalid, "stripe_event_invalid", "The body is no event with id, type and data.object.");
}
