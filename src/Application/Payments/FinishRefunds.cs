using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Payments;

namespace Shop.Application.Payments;

/// <summary>
/// Asks now for the refunds that an order's move has left due, instead of leaving them to the sweeper, which finishes what comes to nothing here.
/// It always succeeds: the move is made, and the money is owed.
/// </summary>
/// <remarks>It manages its transactions, since the provider is asked outside any.</remarks>
/// <param name="OrderId">Which order; the caller has just moved it.</param>
[Access(Who.SignedIn)]
public sealed record FinishRefunds(long OrderId) : ICommand, IManagesTransactions;

internal sealed class FinishRefundsHandler(IRepository<Refund> refunds, IPaymentQueue queue, IPaymentWork<Refund> work)
    : IRequestHandler<FinishRefunds, Result>
{
    public async Task<Result> Handle(FinishRefunds command, CancellationToken cancellationToken)
    {
        foreach (var refund in await refunds.ListAsync<RefundAnswer>(PaymentSpecs.PendingRefunds(command.OrderId), cancellationToken))
        {
            if (await queue.TryTakeAsync<Refund>(refund.Id, cancellationToken))
            {
                await work.WorkAsync(refund.Id, CancellationToken.None);
            }
        }

        return Result.Ok;
    }
}
