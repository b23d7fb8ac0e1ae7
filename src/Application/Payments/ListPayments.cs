using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Application.Common.Paging;
using Shop.Domain.Common;
using Shop.Domain.Orders;
using Shop.Domain.Payments;

namespace Shop.Application.Payments;

/// <summary>An order's payments, newest first: of one's own order, or of anybody's for an admin.</summary>
/// <param name="OrderId">Which order.</param>
/// <param name="Page">Which page.</param>
[Access(Who.SignedIn)]
public sealed record ListPayments(long OrderId, PageRequest Page) : IPagedQuery<PaymentAnswer>;

internal sealed class ListPaymentsHandler(IRepository<Order> orders, IRepository<Payment> payments, ICurrentUser caller)
    : IRequestHandler<ListPayments, Result<Page<PaymentAnswer>>>
{
    public async Task<Result<Page<PaymentAnswer>>> Handle(ListPayments query, CancellationToken cancellationToken) =>
        await orders.AnyAsync(OrderSpecs.OwnedBy(query.OrderId, caller.OwnerFilter), cancellationToken)
            ? await payments.GetPageAsync<PaymentAnswer>(PaymentSpecs.List(query.OrderId), query.Page, cancellationToken)
            : OrderErrors.NotFound;
}
