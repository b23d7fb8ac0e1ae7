using System.Text.Json;
using System.Text.Json.Serialization;

namespace Shop.Infrastructure.Payments.Stripe;

/// <summary>What a list holds: every object at Stripe has an id.</summary>
internal interface IStripeObject
{
    string? Id { get; }

    IReadOnlyDictionary<string, string?>? Metadata { get; }
}

/// <summary>
/// What is read of a PaymentIntent: <see href="https://docs.stripe.com/api/payment_intents/object"/>. The latest charge is an id, or the charge itself
/// where it was asked for by <c>expand[]</c>.
/// </summary>
internal sealed record StripePaymentIntent(
    string? Id,
    string? Status,
    long? Amount,
    long? AmountReceived,
    string? Currency,
    JsonElement? LatestCharge,
    StripeError? LastPaymentError,
    IReadOnlyDictionary<string, string?>? Metadata) : IStripeObject;

/// <summary>What is read of a refund: <see href="https://docs.stripe.com/api/refunds/object"/>.</summary>
internal sealed record StripeRefund(string? Id, string? Status, long? Amount, string? Currency, IReadOnlyDictionary<string, string?>? Metadata)
    : IStripeObject;

/// <summary>A page of a list, newest first.</summary>
internal sealed record StripePage<T>(IReadOnlyList<T>? Data, bool? HasMore);

/// <summary>The body of a refusal: <see href="https://docs.stripe.com/api/errors"/>.</summary>
internal sealed record StripeErrorBody(StripeError? Error);

/// <summary>Why. The message is left out: it can repeat what was sent.</summary>
internal sealed record StripeError(string? Type, string? Code, string? DeclineCode, string? Param, StripePaymentIntent? PaymentIntent);

/// <summary>A webhook: <see href="https://docs.stripe.com/api/events/object"/>.</summary>
internal sealed record StripeEvent(string? Id, string? Type, StripeEventData? Data);

/// <summary>What an event is about.</summary>
internal sealed record StripeEventData(StripeEventObject? Object);

/// <summary>A PaymentIntent, or something that belongs to one: then its payment is an id, or an object where the endpoint expands it.</summary>
internal sealed record StripeEventObject(string? Id, string? Object, JsonElement? PaymentIntent, JsonElement? Metadata);

/// <summary>Reads the shapes; members that are not named here are passed over.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(StripePaymentIntent))]
[JsonSerializable(typeof(StripeRefund))]
[JsonSerializable(typeof(StripePage<StripePaymentIntent>))]
[JsonSerializable(typeof(StripePage<StripeRefund>))]
[JsonSerializable(typeof(StripeErrorBody))]
[JsonSerializable(typeof(StripeEvent))]
internal sealed partial class StripeJson : JsonSerializerContext;
