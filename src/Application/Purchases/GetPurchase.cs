using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Orders;

namespace Shop.Application.Purchases;

/// <summary>One purchase: one's own, or anybody's for an admin.</summary>
/// <param name="Id">The purchase's id.</param>
[Access(Who.SignedIn)]
public sealed record GetPurchase(long Id) : IQuery<PurchaseAnswer>;

internal sealed class GetPurchaseHandler(IRepository<OrderItem> purchases, ICurrentUser caller)
    : IRequestHandler<GetPurchase, Result<PurchaseAnswer>>
{
    public async Task<Result<PurchaseAnswer>> Handle(GetPurchase query, CancellationToken cancellationToken) =>
        await purchases.GetAsync<PurchaseAnswer>(PurchaseSpecs.OwnedBy(query.Id, caller.OwnerFilter), cancellationToken) is { } purchase
            ? purchase
            : OrderErrors.PurchaseNotFound;
}
