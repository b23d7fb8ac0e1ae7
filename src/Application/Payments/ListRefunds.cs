using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Application.Common.Paging;
using Shop.Domain.Common;
using Shop.Domain.Orders;
using Shop.Domain.Payments;

namespace Shop.Application.Payments;

/// <summary>An order's refunds, newest first.</summary>
/// <param name="OrderId">Which order.</param>
/// <param name="Page">Which page.</param>
[Access(Who.Admin)]
public sealed record ListRefunds(long OrderId, PageRequest Page) : IPagedQuery<RefundAnswer>;

internal sealed class ListRefundsHandler(IRepository<Order> orders, IRepository<Refund> refunds) : IRequestHandler<ListRefunds, Result<Page<RefundAnswer>>>
{
    public async Task<Result<Page<RefundAnswer>>> Handle(ListRefunds query, CancellationToken cancellationToken) =>
        await orders.AnyAsync(OrderSpecs.OwnedBy(query.OrderId, userId: null), cancellationToken)
            ? await refunds.GetPageAsync<RefundAnswer>(PaymentSpecs.RefundList(query.OrderId), query.Page, cancellationToken)
            : OrderErrors.NotFound;
}
