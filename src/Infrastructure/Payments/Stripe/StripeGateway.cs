using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Shop.Application.Abstractions;
using Shop.Domain.Common;

namespace Shop.Infrastructure.Payments.Stripe;

/// <summary>Payments by Stripe's PaymentIntents and Refunds (<see href="https://docs.stripe.com/api/payment_intents"/>).</summary>
/// <remarks>
/// Cards only (wallets that pay by card included): other methods can't all be reserved first and taken later, and some send the buyer elsewhere.
/// A card whose bank wants the buyer to authenticate is declined by Stripe (<c>error_on_requires_action</c>), since a payment here has no step in
/// which the buyer could: a payment never waits for somebody who is not asked.
/// </remarks>
internal sealed class StripeGateway(StripeApi api, StripeSettings settings, TimeProvider clock) : IPaymentGateway
{
    /// <summary>The metadata that holds a payment's key.</summary>
    public const string PaymentKey = "shop_payment_key";

    private const string RefundKey = "shop_refund_key";
    private const string Payments = "v1/payment_intents";
    private const string Refunds = "v1/refunds";
    private const int PageSize = 100;
    private const int MaxPages = 1_000;

    /// <summary>Stripe's clock may be behind.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>How long a request may be under way before it shows: Stripe's own clients wait 80 s for an answer.</summary>
    private static readonly TimeSpan UnderWay = TimeSpan.FromMinutes(2);

    /// <summary>Stripe keeps keys for 24 hours; later, nobody may send a payment's request again.</summary>
    private static readonly TimeSpan KeyLife = TimeSpan.FromDays(2);

    private readonly StripeWebhook _webhook = new(settings.WebhookSecrets, clock);

    /// <inheritdoc />
    public string Provider => "stripe";

    /// <inheritdoc />
    public async Task<GatewayPayment> AuthorizeAsync(GatewayCharge charge, CancellationToken cancellationToken)
    {
        var form = new Dictionary<string, string>
        {
            ["amount"] = Number(StripeAmounts.ToSmallestUnit(charge.Amount, charge.Currency)),
            ["currency"] = charge.Currency.ToLowerInvariant(),
            ["payment_method"] = charge.Method,
            ["payment_method_types[]"] = "card",
            ["capture_method"] = "manual",
            ["confirm"] = "true",
            ["error_on_requires_action"] = "true",
            [$"metadata[{PaymentKey}]"] = charge.Key,
            ["metadata[shop_payment_id]"] = Number(charge.PaymentId),
            ["metadata[shop_order_id]"] = Number(charge.OrderId),
            ["expand[]"] = "latest_charge",
        };
        var answer = await api.PostAsync(Payments, charge.Key, form, cancellationToken);
        if (answer.IsSuccess)
            return PaymentIn(answer);

        return StripeMapping.DeclineOf(answer) ?? StripeMapping.DeclineOfMethod(answer, charge.Amount)
            ?? throw (answer.Error?.Type == "card_error" ? answer.Unclear("is a decline that names no payment") : answer.Refused());
    }

    /// <inheritdoc />
    public Task<GatewayPayment> CaptureAsync(string reference, string key, CancellationToken cancellationToken) =>
        MoveAsync(reference, "capture", key, GatewayStatus.Captured, cancellationToken);

    /// <inheritdoc />
    public Task<GatewayPayment> VoidAsync(string reference, string key, CancellationToken cancellationToken) =>
        MoveAsync(reference, "cancel", key, GatewayStatus.Voided, cancellationToken);

    /// <inheritdoc />
    public async Task<GatewayRefund> RefundAsync(string reference, Money amount, string key, CancellationToken cancellationToken)
    {
        var form = new Dictionary<string, string>
        {
            ["payment_intent"] = reference,
            ["amount"] = Number(StripeAmounts.ToSmallestUnit(amount, settings.Currency)),
            [$"metadata[{RefundKey}]"] = key,
        };
        var answer = await api.PostAsync(Refunds, key, form, cancellationToken);
        return answer.IsSuccess ? StripeMapping.RefundOf(answer.Read(StripeJson.Default.StripeRefund), answer) : throw answer.Refused();
    }

    /// <inheritdoc />
    /// <remarks>
    /// By key, the newest payments are listed and their metadata compared: Stripe's search lags behind by up to minutes, its lists do not.
    /// Soon after it was asked for, a payment that is not found may still be under way: that is an unknown outcome, not null.
    /// </remarks>
    public async Task<GatewayPayment?> FindAsync(GatewayQuery query, CancellationToken cancellationToken)
    {
        var reference = query.Reference ?? (await ListedAsync(
            Payments,
            $"created[gte]={Seconds(query.AskedAt - ClockSkew)}&created[lte]={Seconds(query.AskedAt + KeyLife)}",
            PaymentKey,
            query.Key,
            StripeJson.Default.StripePageStripePaymentIntent,
            cancellationToken))?.Found.Id;
        if (reference is not null)
            return await RetrievedAsync(reference, cancellationToken);

        return clock.GetUtcNow() - query.AskedAt >= UnderWay
            ? null
            : throw new PaymentOutcomeUnknownException("Stripe shows no such payment yet, but its request may still be under way; look again in two minutes.");
    }

    /// <inheritdoc />
    public async Task<GatewayRefund?> FindRefundAsync(string reference, string key, CancellationToken cancellationToken) =>
        await ListedAsync(
            Refunds,
            $"payment_intent={Uri.EscapeDataString(reference)}",
            RefundKey,
            key,
            StripeJson.Default.StripePageStripeRefund,
            cancellationToken) is var (refund, answer)
            ? StripeMapping.RefundOf(refund, answer)
            : null;

    /// <inheritdoc />
    public Result<GatewayEvent> ReadWebhook(ReadOnlyMemory<byte> body, Func<string, string?> header) => _webhook.Read(body, header(StripeWebhook.Header));

    private async Task<GatewayPayment> MoveAsync(string reference, string verb, string key, GatewayStatus goal, CancellationToken cancellationToken)
    {
        var form = new Dictionary<string, string> { ["expand[]"] = "latest_charge" };
        var answer = await api.PostAsync($"{PathOf(reference)}/{verb}", key, form, cancellationToken);
        if (answer.IsSuccess)
            return PaymentIn(answer);

        if (StripeMapping.DeclineOf(answer) is { } declined)
            return declined;

        // Stripe refuses to do again what is done already, if it was under another key.
        var stands = answer.Error?.Code == "payment_intent_unexpected_state" ? await RetrievedAsync(reference, cancellationToken) : null;
        return stands?.Status == goal ? stands : throw answer.Refused();
    }

    private async Task<GatewayPayment?> RetrievedAsync(string reference, CancellationToken cancellationToken)
    {
        var answer = await api.GetAsync(PathOf(reference), "expand[]=latest_charge", cancellationToken);
        return answer.IsSuccess ? PaymentIn(answer) : answer.IsMissing ? null : throw answer.Refused();
    }

    /// <summary>The newest object whose metadata hold a key, and the answer that it was in.</summary>
    private async Task<(T Found, StripeAnswer In)?> ListedAsync<T>(
        string path, string filter, string name, string key, JsonTypeInfo<StripePage<T>> shape, CancellationToken cancellationToken)
        where T : class, IStripeObject
    {
        var after = "";
        for (var page = 0; page < MaxPages; page++)
        {
            var answer = await api.GetAsync(path, $"limit={PageSize}&{filter}{after}", cancellationToken);
            if (answer.IsMissing)
                return null;

            if (!answer.IsSuccess)
                throw answer.Refused();

            if (answer.Read(shape) is not { Data: { } objects, HasMore: { } hasMore })
                throw answer.Unclear("is no list");

            if (objects.FirstOrDefault(item => item.Metadata?.GetValueOrDefault(name) == key) is { } found)
                return found.Id is not null ? (found, answer) : throw answer.Unclear("has an object without an id");

            if (!hasMore)
                return null;

            after = objects is [.., { Id: { } last }] ? $"&starting_after={Uri.EscapeDataString(last)}" : throw answer.Unclear("does not say where it goes on");
        }

        throw new PaymentOutcomeUnknownException($"Stripe lists more than {MaxPages * PageSize} objects to look through at {path}.");
    }

    private static GatewayPayment PaymentIn(StripeAnswer answer) =>
        StripeMapping.PaymentOf(answer.Read(StripeJson.Default.StripePaymentIntent), answer);

    private static string PathOf(string reference) => $"{Payments}/{Uri.EscapeDataString(reference)}";

    private static string Seconds(DateTimeOffset time) => Number(time.ToUnixTimeSeconds());

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
