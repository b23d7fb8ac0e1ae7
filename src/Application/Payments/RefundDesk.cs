using Microsoft.Extensions.Logging;
using Shop.Application.Abstractions;
using Shop.Application.Orders;
using Shop.Domain.Common;
using Shop.Domain.Orders;
using Shop.Domain.Payments;

namespace Shop.Application.Payments;

/// <summary>Gives money back for a refund that is stored, as the <see cref="PaymentDesk"/> takes it: asks outside any transaction, records in one.</summary>
internal sealed partial class RefundDesk(
    IUnitOfWork unitOfWork,
    IRepository<Order> orders,
    IRepository<Payment> payments,
    IRepository<Refund> refunds,
    IPaymentQueue queue,
    IPaymentGateways gateways,
    OrderMoves moves,
    IFaultPoints faults,
    TimeProvider clock,
    ILogger<RefundDesk> log)
{
    /// <summary>Asks for a refund; it is put off while its outcome is unknown.</summary>
    /// <param name="refund">A pending refund.</param>
    /// <param name="owed">Whether it has to succeed in the end, so that a provider that refuses is asked again later; else the refund fails.</param>
    /// <returns>The refund as it stands; refused when the provider would not be asked at all.</returns>
    public async Task<Result<Refund>> GiveBackAsync(Refund refund, bool owed)
    {
        try
        {
            faults.Hit(FaultPoints.BeforeRefund);
            var answer = await AskAsync(refund, mayBeKnown: owed);
            faults.Hit(FaultPoints.AfterRefund);
            if (answer == GatewayRefundStatus.Failed)
            {
                ProviderRefused(log, refund.Id, "it came to nothing there, and the money is still the shop's.");
            }

            if (answer != GatewayRefundStatus.Pending)
            {
                return await RecordAsync(refund, answer);
            }
        }
        catch (PaymentProviderException refused) when (!owed)
        {
            ProviderRefused(log, refund.Id, refused.Message);
            await RecordAsync(refund, GatewayRefundStatus.Failed);
            return PaymentErrors.ProviderUnavailable;
        }
        catch (Exception exception) when (exception is PaymentOutcomeUnknownException or PaymentProviderException)
        {
            PutOff(log, refund.Id, exception.Message);
        }

        await queue.PostponeAsync<Refund>(refund.Id, CancellationToken.None);
        return refund;
    }

    /// <summary>A refund that may have been asked for before is looked up first: providers forget keys after a day.</summary>
    private async Task<GatewayRefundStatus> AskAsync(Refund refund, bool mayBeKnown)
    {
        var payment = (await payments.GetAsync<PaymentAnswer>(PaymentSpecs.ById(refund.PaymentId), CancellationToken.None))!;
        if (PaymentProviders.IsNobody(payment.Provider))
        {
            return GatewayRefundStatus.Done;
        }

        var gateway = gateways.Find(payment.Provider) ?? throw new PaymentProviderException($"The provider {payment.Provider} is not configured any more.");
        var known = mayBeKnown
            ? await gateway.FindRefundAsync(payment.ProviderReference!, refund.Key, CancellationToken.None)
            : null;
        return (known ?? await gateway.RefundAsync(payment.ProviderReference!, refund.Amount, refund.Key, CancellationToken.None)).Status;
    }

    private async Task<Refund> RecordAsync(Refund asked, GatewayRefundStatus answer)
    {
        var recorded = await unitOfWork.ExecuteAsync(() => RecordInTransactionAsync(asked, answer), CancellationToken.None, repeatsSafely: true);
        faults.Hit(FaultPoints.AfterRecord);
        return recorded.Value;
    }

    private async Task<Result<Refund>> RecordInTransactionAsync(Refund asked, GatewayRefundStatus answer)
    {
        var order = (await orders.FindForUpdateAsync(OrderSpecs.OwnedBy(asked.OrderId, userId: null), CancellationToken.None))!;
        var payment = (await payments.FindForUpdateAsync(PaymentSpecs.ById(asked.PaymentId), CancellationToken.None))!;
        var refund = (await refunds.FindForUpdateAsync(PaymentSpecs.RefundById(asked.Id), CancellationToken.None))!;
        if (refund.Status != RefundStatus.Pending)
        {
            return refund;
        }

        var now = clock.GetUtcNow();
        if (answer == GatewayRefundStatus.Failed)
        {
            refund.Fail(now);
            payment.Keep(refund.Amount, now);
            return refund;
        }

        refund.Succeed(now);
        var rest = payment.Left > Money.Zero || await refunds.AnyAsync(PaymentSpecs.OtherPendingRefunds(payment.Id, refund.Id), CancellationToken.None);
        if (!rest && order.Status.IsPurchase() && await moves.RefundedAsync(order, CancellationToken.None) is { IsFailure: true } notMoved)
        {
            return notMoved.Error;
        }

        if (refund.Restock)
        {
            await moves.RestockAsync(order, CancellationToken.None);
        }

        return refund;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The payment provider refused refund {Id}: {Reason}")]
    private static partial void ProviderRefused(ILogger log, long id, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Refund {Id} is tried again later: {Reason}")]
    private static partial void PutOff(ILogger log, long id, string reason);
}
