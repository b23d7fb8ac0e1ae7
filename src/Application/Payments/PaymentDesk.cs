using Microsoft.Extensions.Logging;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Application.Orders;
using Shop.Domain.Common;
using Shop.Domain.Orders;
using Shop.Domain.Payments;

namespace Shop.Application.Payments;

/// <summary>
/// Takes money for a payment that is stored: asks its provider outside any transaction, then records the outcome in one, together with
/// what follows from it. Whoever comes first records; who comes later finds it done.
/// </summary>
/// <remarks>Once the provider is asked nobody gives up any more, so nothing here takes a cancellation token of a request.</remarks>
internal sealed partial class PaymentDesk(
    IUnitOfWork unitOfWork,
    IRepository<Order> orders,
    IRepository<Payment> payments,
    IPaymentQueue queue,
    IPaymentGateways gateways,
    OrderMoves moves,
    OrderMoney money,
    IFaultPoints faults,
    TimeProvider clock,
    ILogger<PaymentDesk> log)
{
    /// <summary>Asks for the money of a payment that was just stored.</summary>
    /// <returns>The payment as it stands; refused when the provider would not be asked at all, and then nothing was moved.</returns>
    public async Task<Result<Payment>> ChargeAsync(Payment payment, string method)
    {
        var gateway = gateways.Find(payment.Provider)!;
        GatewayPayment answer;
        try
        {
            faults.Hit(FaultPoints.BeforeCharge);
            answer = await gateway.AuthorizeAsync(
                new GatewayCharge(payment.Key, payment.Id, payment.OrderId, payment.Amount, ShopCurrency.Code, method), CancellationToken.None);
        }
        catch (PaymentOutcomeUnknownException unknown)
        {
            OutcomeUnknown(log, payment.Id, unknown.Message);
            return await FinishAsync(payment);
        }
        catch (PaymentProviderException refused)
        {
            ProviderRefused(log, payment.Id, refused.Message);
            await RecordAsync(payment, answer: null);
            return PaymentErrors.ProviderUnavailable;
        }

        faults.Hit(FaultPoints.AfterAuthorize);
        return answer.Status is GatewayStatus.Authorized or GatewayStatus.Pending ? await FinishAsync(payment, answer) : await RecordAsync(payment, answer);
    }

    /// <summary>Finds out what became of a payment and brings it to its end: captured, or nothing taken. Still unknown, it is put off.</summary>
    /// <param name="payment">A pending payment.</param>
    /// <param name="known">What the provider said of it a moment ago; null to look it up.</param>
    public async Task<Payment> FinishAsync(Payment payment, GatewayPayment? known = null)
    {
        try
        {
            if (gateways.Find(payment.Provider) is not { } gateway)
            {
                throw new PaymentProviderException($"The provider {payment.Provider} is not configured any more.");
            }

            var answer = known ?? await LookUpAsync(gateway, payment);
            if (answer?.Status == GatewayStatus.Authorized)
            {
                answer = await TakeOrLetGoAsync(gateway, payment, answer.Reference);
            }

            faults.Hit(FaultPoints.AfterCharge);
            if (answer?.Status is not (GatewayStatus.Pending or GatewayStatus.Authorized))
            {
                return await RecordAsync(payment, answer);
            }
        }
        catch (PaymentOutcomeUnknownException unknown) when (known is not null)
        {
            OutcomeUnknown(log, payment.Id, unknown.Message);
            return await FinishAsync(payment);
        }
        catch (Exception exception) when (exception is PaymentOutcomeUnknownException or PaymentProviderException)
        {
            OutcomeUnknown(log, payment.Id, exception.Message);
        }

        await queue.PostponeAsync<Payment>(payment.Id, CancellationToken.None);
        return payment;
    }

    /// <summary>What the provider knows of a payment; null when it never took it on.</summary>
    public static Task<GatewayPayment?> LookUpAsync(IPaymentGateway gateway, Payment payment) =>
        gateway.FindAsync(new GatewayQuery(payment.Key, payment.ProviderReference, payment.CreatedAt), CancellationToken.None);

    /// <summary>Records an end; of a payment that has ended already, undoes what the provider did since.</summary>
    /// <param name="payment">The payment.</param>
    /// <param name="answer">The provider's word, an end; null when it never took the payment on.</param>
    public async Task<Payment> RecordAsync(Payment payment, GatewayPayment? answer)
    {
        var recorded = await unitOfWork.ExecuteAsync(() => RecordInTransactionAsync(payment, answer), CancellationToken.None, repeatsSafely: true);
        faults.Hit(FaultPoints.AfterRecord);
        if (recorded.Value.Status != PaymentStatus.Captured && answer?.Status == GatewayStatus.Captured && answer.Refunded < answer.Amount)
        {
            TakenTooLate(log, payment.Id);
            await gateways.Find(payment.Provider)!.RefundAsync(answer.Reference, answer.Amount, payment.Key + "-late", CancellationToken.None);
        }

        return recorded.Value;
    }

    private async Task<Result<Payment>> RecordInTransactionAsync(Payment asked, GatewayPayment? answer)
    {
        var order = (await orders.FindForUpdateAsync(OrderSpecs.OwnedBy(asked.OrderId, userId: null), CancellationToken.None))!;
        var payment = (await payments.FindForUpdateAsync(PaymentSpecs.ById(asked.Id), CancellationToken.None))!;
        if (payment.Status != PaymentStatus.Pending)
        {
            return payment;
        }

        var now = clock.GetUtcNow();
        switch (answer)
        {
            case null:
                payment.Fail(now);
                break;
            case { Status: GatewayStatus.Declined }:
                payment.Decline(answer.Reference, answer.DeclineReason, now);
                break;
            case { Status: GatewayStatus.Voided }:
                payment.Void(answer.Reference, now);
                break;
            default:
                payment.Capture(answer.Reference, now);
                return await FollowAsync(order, payment);
        }

        return payment;
    }

    /// <summary>The order is paid; one that ended meanwhile gets its money back.</summary>
    private async Task<Result<Payment>> FollowAsync(Order order, Payment payment)
    {
        if (order.Status != OrderStatus.Placed)
        {
            await money.OweAsync(payment, RefundReasons.Cancelled, CancellationToken.None);
            return payment;
        }

        var paid = await moves.PaidAsync(order, CancellationToken.None);
        return paid.IsFailure ? paid.Error : payment;
    }

    /// <summary>Takes what is reserved while the order waits for it; else, and when it can't be taken, lets it go.</summary>
    private async Task<GatewayPayment> TakeOrLetGoAsync(IPaymentGateway gateway, Payment payment, string reference)
    {
        if (await orders.AnyAsync(OrderSpecs.AwaitingPayment(payment.OrderId), CancellationToken.None))
        {
            try
            {
                return await gateway.CaptureAsync(reference, payment.Key + "-capture", CancellationToken.None);
            }
            catch (PaymentProviderException refused)
            {
                ProviderRefused(log, payment.Id, refused.Message);
            }
        }

        return await gateway.VoidAsync(reference, payment.Key + "-void", CancellationToken.None);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The outcome of payment {Id} is unknown: {Reason}")]
    private static partial void OutcomeUnknown(ILogger log, long id, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The payment provider refused payment {Id}: {Reason}")]
    private static partial void ProviderRefused(ILogger log, long id, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Payment {Id} was charged after it had been given up; the money goes back")]
    private static partial void TakenTooLate(ILogger log, long id);
}
