using Shop.Application.Abstractions;
using Shop.Domain.Common;
using Shop.Domain.Payments;

namespace Shop.Application.Payments;

/// <summary>Finishes a payment that nobody is at any more, and looks again at one that ended because its provider did not know it.</summary>
internal sealed class PaymentWork(IUnitOfWork unitOfWork, IRepository<Payment> payments, PaymentDesk desk, PaymentWatch watch) : IPaymentWork<Payment>
{
    public async Task WorkAsync(long id, CancellationToken cancellationToken)
    {
        var found = await unitOfWork.ExecuteAsync(
            async () => Result<Payment>.From((await payments.FindForUpdateAsync(PaymentSpecs.ById(id), cancellationToken))!), cancellationToken);
        if (found.Value.Status == PaymentStatus.Pending)
        {
            await desk.FinishAsync(found.Value);
        }
        else if (found.Value.Status != PaymentStatus.Captured)
        {
            await watch.LookAgainAsync(found.Value);
        }
    }
}

/// <summary>Finishes a refund that nobody is at any more. Whoever asked for it was told that it is under way, so it is owed.</summary>
internal sealed class RefundWork(IUnitOfWork unitOfWork, IRepository<Refund> refunds, RefundDesk desk) : IPaymentWork<Refund>
{
    public async Task WorkAsync(long id, CancellationToken cancellationToken)
    {
        var found = await unitOfWork.ExecuteAsync(
            async () => Result<Refund>.From((await refunds.FindForUpdateAsync(PaymentSpecs.RefundById(id), cancellationToken))!), cancellationToken);
        if (found.Value.Status == RefundStatus.Pending)
        {
            await desk.GiveBackAsync(found.Value, owed: true);
        }
    }
}
