using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Orders;

namespace Shop.Application.Orders;

/// <summary>One order: one's own, or anybody's for an admin.</summary>
/// <param name="Id">The order's id.</param>
[Access(Who.SignedIn)]
public sealed record GetOrder(long Id) : IQuery<OrderAnswer>;

internal sealed class GetOrderHandler(IRepository<Order> orders, ICurrentUser caller) : IRequestHandler<GetOrder, Result<OrderAnswer>>
{
    public async Task<Result<OrderAnswer>> Handle(GetOrder query, CancellationToken cancellationToken) =>
        await orders.GetAsync<OrderAnswer>(OrderSpecs.OwnedBy(query.Id, caller.OwnerFilter), cancellationToken) is { } order
            ? order
            : OrderErrors.NotFound;
}
