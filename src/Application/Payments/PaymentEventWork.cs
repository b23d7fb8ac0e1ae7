using Microsoft.Extensions.Logging;
using Shop.Application.Abstractions;
using Shop.Domain.Common;
using Shop.Domain.Payments;

namespace Shop.Application.Payments;

/// <summary>
/// Follows up what a provider said of its own accord: the payment is looked up, and that decides, whatever the event was called. A payment that
/// has ended stays as it is. An event of a payment that the shop does not know comes up again for a day: it may be faster than the shop.
/// </summary>
internal sealed partial class PaymentEventWork(
    IUnitOfWork unitOfWork,
    IRepository<PaymentEvent> events,
    IRepository<Payment> payments,
    IPaymentQueue queue,
    IPaymentGateways gateways,
    PaymentDesk desk,
    TimeProvider clock,
    ILogger<PaymentEventWork> log) : IPaymentWork<PaymentEvent>
{
    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    public async Task WorkAsync(long id, CancellationToken cancellationToken)
    {
        var found = await unitOfWork.ExecuteAsync(() => FindAsync(id, cancellationToken), cancellationToken);
        var (received, payment) = found.Value;
        try
        {
            if (payment is null ? clock.GetUtcNow() < received.CreatedAt + Patience : !await FollowUpAsync(payment))
            {
                await queue.PostponeAsync<PaymentEvent>(id, cancellationToken);
                return;
            }
        }
        catch (Exception exception) when (exception is PaymentOutcomeUnknownException or PaymentProviderException)
        {
            PutOff(log, received.Provider, received.EventId, exception.Message);
            await queue.PostponeAsync<PaymentEvent>(id, cancellationToken);
            return;
        }

        await queue.EndAsync<PaymentEvent>(id, cancellationToken);
    }

    private async Task<Result<Found>> FindAsync(long id, CancellationToken cancellationToken)
    {
        var received = (await events.FindForUpdateAsync(PaymentSpecs.EventById(id), cancellationToken))!;
        var payment = received.Key is { } key ? await payments.FindForUpdateAsync(PaymentSpecs.ByKey(key), cancellationToken) : null;
        if (payment is null && received.ProviderReference is { } reference)
        {
            payment = await payments.FindForUpdateAsync(PaymentSpecs.ByReference(received.Provider, reference), cancellationToken);
        }

        return new Found(received, payment?.Provider == received.Provider ? payment : null);
    }

    /// <summary>A pending payment that has come to no end is left to whoever is at it; they will finish it without being told.</summary>
    /// <returns>False when the provider is not configured any more.</returns>
    private async Task<bool> FollowUpAsync(Payment payment)
    {
        if (gateways.Find(payment.Provider) is not { } gateway)
        {
            return false;
        }

        var answer = await PaymentDesk.LookUpAsync(gateway, payment);
        if (answer?.Status is GatewayStatus.Captured or GatewayStatus.Declined or GatewayStatus.Voided)
        {
            await desk.RecordAsync(payment, answer);
        }
        else if (answer?.Status == GatewayStatus.Authorized && payment.Status != PaymentStatus.Pending)
        {
            await gateway.VoidAsync(answer.Reference!, payment.Key + "-void", CancellationToken.None);
        }

        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Event {EventId} of {Provider} is tried again later: {Reason}")]
    private static partial void PutOff(ILogger log, string provider, string eventId, string reason);

    private sealed record Found(PaymentEvent Received, Payment? Payment);
}
