using Microsoft.Extensions.Logging;
using Shop.Application.Abstractions;
using Shop.Domain.Payments;

namespace Shop.Application.Payments;

/// <summary>
/// Looks again at a payment that ended with nothing taken: what its provider has reserved since is let go, what it has taken goes back. Looking ends when the
/// provider tells of an end, or has known nothing of the payment for some time; what is owed is asked for until it is paid.
/// </summary>
internal sealed partial class PaymentWatch(IPaymentQueue queue, IPaymentGateways gateways, PaymentDesk desk, TimeProvider clock, ILogger<PaymentWatch> log)
{
    /// <summary>Looks once.</summary>
    /// <param name="payment">A payment that ended with nothing taken, and is due.</param>
    public async Task LookAgainAsync(Payment payment)
    {
        try
        {
            var gateway = gateways.Find(payment.Provider) ?? throw PaymentDesk.NotConfigured(payment);
            var answer = await PaymentDesk.LookUpAsync(gateway, payment);
            if (PaymentDesk.IsTakenTooLate(payment, answer))
            {
                await desk.RecordAsync(payment, answer);
                return;
            }

            if (answer?.Status is GatewayStatus.Authorized or GatewayStatus.Pending)
            {
                await gateway.VoidAsync(answer.Reference!, payment.Key + "-void", CancellationToken.None);
            }

            if (answer is not null)
            {
                await queue.EndAsync<Payment>(payment.Id, CancellationToken.None);
                return;
            }
        }
        catch (Exception exception) when (exception is PaymentOutcomeUnknownException or PaymentProviderException)
        {
            PutOff(log, payment.Id, exception.Message);
        }

        var owed = payment.ProviderReference is not null;
        await (owed || clock.GetUtcNow() < payment.CreatedAt + Payment.Watch
            ? queue.PostponeAsync<Payment>(payment.Id, CancellationToken.None)
            : queue.EndAsync<Payment>(payment.Id, CancellationToken.None));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Payment {Id}, which has ended, is looked at again later: {Reason}")]
    private static partial void PutOff(ILogger log, long id, string reason);
}
