using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Payments;

namespace Shop.Application.Payments;

/// <summary>One refund.</summary>
/// <param name="OrderId">Which order.</param>
/// <param name="RefundId">The refund's id.</param>
[Access(Who.Admin)]
public sealed record GetRefund(long OrderId, long RefundId) : IQuery<RefundAnswer>;

internal sealed class GetRefundHandler(IRepository<Refund> refunds) : IRequestHandler<GetRefund, Result<RefundAnswer>>
{
    public async Task<Result<RefundAnswer>> Handle(GetRefund query, CancellationToken cancellationToken) =>
        await refunds.GetAsync<RefundAnswer>(PaymentSpecs.RefundOfOrder(query.RefundId, query.OrderId), cancellationToken) is { } refund
            ? refund
            : PaymentErrors.RefundNotFound;
}
