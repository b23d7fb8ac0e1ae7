using System.Text.Json;
using Shop.Application.Abstractions;
using Shop.Domain.Common;

namespace Shop.Infrastructure.Payments.Stripe;

/// <summary>Stripe's objects in the shop's words. What can't be told from them is an unknown outcome, never a guess.</summary>
internal static class StripeMapping
{
    private const string Unpaid = "requires_payment_method";

    /// <summary>A payment as it stands.</summary>
    public static GatewayPayment PaymentOf(StripePaymentIntent intent, StripeAnswer answer)
    {
        if (intent is not { Id: { } id, Amount: { } amount, Currency: { } currency })
            throw answer.Unclear("names no payment");

        var status = StatusOf(intent, answer);
        var captured = status == GatewayStatus.Captured;
        return new GatewayPayment(
            id,
            status,
            MoneyOf(captured ? intent.AmountReceived : amount, currency, answer),
            // What is voided was never taken, although Stripe counts its charge as refunded.
            captured ? MoneyOf(RefundedOf(intent), currency, answer) : Money.Zero,
            status == GatewayStatus.Declined ? ReasonOf(intent.LastPaymentError) : null);
    }

    /// <summary>The declined payment that a card error tells of, or null when the answer is no decline.</summary>
    public static GatewayPayment? DeclineOf(StripeAnswer answer) =>
        answer.Error is { Type: "card_error", PaymentIntent: { Id: { } id, Amount: { } amount, Currency: { } currency } intent }
            && intent.Status is Unpaid or "requires_confirmation" or "requires_action" or "canceled"
            ? new GatewayPayment(id, GatewayStatus.Declined, MoneyOf(amount, currency, answer), Money.Zero, ReasonOf(answer.Error))
            : null;

    /// <summary>
    /// A decline of the buyer's method itself, which Stripe does not know or does not take for this: it makes no payment then. Null when the refusal is
    /// about something else, or an earlier try may have gone through.
    /// </summary>
    public static GatewayPayment? DeclineOfMethod(StripeAnswer answer, Money amount) =>
        answer is { InDoubt: false, Error: { Type: "invalid_request_error", Param: "payment_method", PaymentIntent: null } error }
            ? new GatewayPayment(Reference: null, GatewayStatus.Declined, amount, Money.Zero, ReasonOf(error))
            : null;

    /// <summary>A refund as it stands.</summary>
    public static GatewayRefund RefundOf(StripeRefund refund, StripeAnswer answer) =>
        refund is { Id: { } id, Amount: { } amount, Currency: { } currency }
            ? new GatewayRefund(
                id,
                refund.Status switch
                {
                    "pending" or "requires_action" => GatewayRefundStatus.Pending,
                    "succeeded" => GatewayRefundStatus.Done,
                    "failed" or "canceled" => GatewayRefundStatus.Failed,
                    _ => throw answer.Unclear("does not say how the refund stands"),
                },
                MoneyOf(amount, currency, answer))
            : throw answer.Unclear("names no refund");

    private static GatewayStatus StatusOf(StripePaymentIntent intent, StripeAnswer answer) => intent.Status switch
    {
        "requires_capture" => GatewayStatus.Authorized,
        "succeeded" => GatewayStatus.Captured,
        "canceled" => GatewayStatus.Voided,
        Unpaid when intent.LastPaymentError is not null => GatewayStatus.Declined,
        // Without an error, the confirmation that was sent along has not ended yet.
        Unpaid or "requires_confirmation" or "requires_action" or "processing" => GatewayStatus.Pending,
        _ => throw answer.Unclear("does not say how the payment stands"),
    };

    private static string ReasonOf(StripeError? error) => error?.DeclineCode ?? error?.Code ?? "declined";

    /// <summary>In the smallest unit, refunds under way included.</summary>
    private static long? RefundedOf(StripePaymentIntent intent) =>
        intent.LatestCharge is { ValueKind: JsonValueKind.Object } charge
            && charge.TryGetProperty("amount_refunded", out var refunded)
            && refunded.ValueKind == JsonValueKind.Number
            && refunded.TryGetInt64(out var units)
            ? units
            : null;

    private static Money MoneyOf(long? units, string currency, StripeAnswer answer) =>
        units is { } number && StripeAmounts.FromSmallestUnit(number, currency) is { } money ? money : throw answer.Unclear("names no amount");
}
