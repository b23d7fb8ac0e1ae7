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
    /// <summary>How long nobody looks again whether an order waits for its payment: who ends it in so short a time gets back what was taken.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    /// <summary>Asks for the money of a payment that was just stored.</summary>
    /// <returns>The payment as it stands; refused when the provider would not be asked at all, and then nothing was moved.</returns>
    public async Task<Result<PaymentOutcome>> ChargeAsync(Payment payment, string method)
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
            await RecordAsync(payment, answer: null, isSure: true);
            return PaymentErrors.ProviderUnavailable;
        }

        faults.Hit(FaultPoints.AfterAuthorize);
        return answer.Status is GatewayStatus.Authorized or GatewayStatus.Pending ? await FinishAsync(payment, answer) : await RecordAsync(payment, answer);
    }

    /// <summary>Finds out what became of a payment and brings it to its end: captured, or nothing taken. Still unknown, it is put off.</summary>
    /// <param name="payment">A pending payment.</param>
    /// <param name="known">What the provider said of it a moment ago; null to look it up.</param>
    public async Task<PaymentOutcome> FinishAsync(Payment payment, GatewayPayment? known = null)
    {
        try
        {
            var gateway = gateways.Find(payment.Provider) ?? throw NotConfigured(payment);
            var answer = known ?? await LookUpAsync(gateway, payment);
            if (answer?.Status == GatewayStatus.Authorized)
            {
                answer = await TakeOrLetGoAsync(gateway, payment, answer.Reference!);
            }
            else if (answer?.Status == GatewayStatus.Pending && await IsGivenUpAsync(payment))
            {
                answer = await gateway.VoidAsync(answer.Reference!, payment.Key + "-void", CancellationToken.None);
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
        return new PaymentOutcome(payment);
    }

    /// <summary>What the provider knows of a payment; null when it never took it on.</summary>
    public static Task<GatewayPayment?> LookUpAsync(IPaymentGateway gateway, Payment payment) =>
        gateway.FindAsync(new GatewayQuery(payment.Key, payment.ProviderReference, payment.CreatedAt), CancellationToken.None);

    /// <summary>Records an end; of a payment that has ended already, undoes what the provider did since.</summary>
    /// <param name="payment">The payment.</param>
    /// <param name="answer">The provider's word, an end; null when it never took the payment on.</param>
    /// <param name="isSure">Whether no request can be under way that shows later; else a payment that was not taken on is looked up again.</param>
    public async Task<PaymentOutcome> RecordAsync(Payment payment, GatewayPayment? answer, bool isSure = false)
    {
        var goesOn = payment.Order is not null && answer?.Status == GatewayStatus.Captured;
        var recorded = await unitOfWork.ExecuteAsync(
            () => RecordInTransactionAsync(payment, answer, isSure), CancellationToken.None, repeatsSafely: true, goesOn);
        faults.Hit(FaultPoints.AfterRecord);
        if (IsTakenTooLate(recorded.Value.Payment, answer))
        {
            await GiveBackAsync(recorded.Value.Payment, answer!);
        }

        return recorded.Value;
    }

    /// <summary>Why nobody can be asked.</summary>
    public static PaymentProviderException NotConfigured(Payment payment) => new($"The provider {payment.Provider} is not configured any more.");

    /// <summary>Whether a provider has taken, and kept, the money of a payment that ended with nothing taken.</summary>
    public static bool IsTakenTooLate(Payment payment, GatewayPayment? answer) =>
        payment.Status is not (PaymentStatus.Pending or PaymentStatus.Captured) && answer?.Status == GatewayStatus.Captured && answer.Refunded < answer.Amount;

    /// <summary>What can't be given back now stays due, and the sweeper comes back to it.</summary>
    private async Task GiveBackAsync(Payment payment, GatewayPayment taken)
    {
        TakenTooLate(log, payment.Id);
        try
        {
            var refund = await gateways.Find(payment.Provider)!.RefundAsync(
                taken.Reference!, Money.From(taken.Amount - taken.Refunded), payment.Key + "-late", CancellationToken.None);
            if (refund.Status != GatewayRefundStatus.Failed)
            {
                await queue.EndAsync<Payment>(payment.Id, CancellationToken.None);
                return;
            }
        }
        catch (Exception exception) when (exception is PaymentOutcomeUnknownException or PaymentProviderException)
        {
            OutcomeUnknown(log, payment.Id, exception.Message);
        }

        await queue.PostponeAsync<Payment>(payment.Id, CancellationToken.None);
    }

    /// <summary>
    /// A payment that this request has stored is not read again when it is captured: that changes the order, too, so if anybody else has changed either, it can't
    /// be saved and is repeated.
    /// </summary>
    private async Task<Result<PaymentOutcome>> RecordInTransactionAsync(Payment asked, GatewayPayment? answer, bool isSure)
    {
        await orders.LockAsync(asked.OrderId, CancellationToken.None);
        var payment = payments.Holds(asked)
            ? asked
            : (await payments.FindForUpdateAsync(PaymentSpecs.WithOrder(asked.Id), CancellationToken.None))!;
        var order = payment.Order!;
        if (IsTakenTooLate(payment, answer))
        {
            payment.OweBack(answer!.Reference!, clock.GetUtcNow());
        }

        if (payment.Status != PaymentStatus.Pending)
        {
            return new PaymentOutcome(payment, order.Status);
        }

        order.EndPayment();
        var now = clock.GetUtcNow();
        switch (answer)
        {
            case null:
                payment.Fail(watched: !isSure, now);
                break;
            case { Status: GatewayStatus.Declined }:
                payment.Decline(answer.Reference, answer.DeclineReason, now);
                break;
            case { Status: GatewayStatus.Voided }:
                payment.Void(answer.Reference!, now);
                break;
            default:
                payment.Capture(answer.Reference!, now);
                if (await FollowAsync(order, payment) is { IsFailure: true } refused)
                {
                    return refused.Error;
                }

                break;
        }

        return new PaymentOutcome(payment, order.Status);
    }

    /// <summary>The order is paid; one that ended meanwhile gets its money back.</summary>
    private async Task<Result> FollowAsync(Order order, Payment payment)
    {
        if (order.Status == OrderStatus.Placed)
        {
            return await moves.PaidAsync(order, CancellationToken.None);
        }

        await money.OweAsync(payment, RefundReasons.Cancelled, CancellationToken.None);
        return Result.Ok;
    }

    /// <summary>Whether a payment that its provider has not decided is no use any more: the order ended, or it has taken too long.</summary>
    private async Task<bool> IsGivenUpAsync(Payment payment) =>
        clock.GetUtcNow() >= payment.CreatedAt + Payment.LongestPending
        || !await orders.AnyAsync(OrderSpecs.AwaitingPayment(payment.OrderId), CancellationToken.None);

    /// <summary>Takes what is reserved while order and payment wait for it, as they did a moment ago; else, and when it can't be taken, lets it go.</summary>
    private async Task<GatewayPayment> TakeOrLetGoAsync(IPaymentGateway gateway, Payment payment, string reference)
    {
        if (clock.GetUtcNow() < payment.CreatedAt + Moment || await payments.AnyAsync(PaymentSpecs.Awaited(payment.Id), CancellationToken.None))
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

/// <summary>A payment, and where its order stood when that was recorded.</summary>
/// <param name="Payment">The payment as it stands.</param>
/// <param name="Order">Where its order stands; null while the payment has come to no end.</param>
internal sealed record PaymentOutcome(Payment Payment, OrderStatus? Order = null);
