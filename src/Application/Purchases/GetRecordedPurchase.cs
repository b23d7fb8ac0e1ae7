using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Orders;

namespace Shop.Application.Purchases;

/// <summary>The purchase that a recorded sale's order consists of.</summary>
/// <param name="OrderId">The order.</param>
[Access(Who.Admin)]
public sealed record GetRecordedPurchase(long OrderId) : IQuery<PurchaseAnswer>;

internal sealed class GetRecordedPurchaseHandler(IRepository<OrderItem> purchases)
    : IRequestHandler<GetRecordedPurchase, Result<PurchaseAnswer>>
{
    public async Task<Result<PurchaseAnswer>> Handle(GetRecordedPurchase query, CancellationToken cancellationToken) =>
        await purchases.GetAsync<PurchaseAnswer>(PurchaseSpecs.OfOrder(query.OrderId), cancellationToken) is { } purchase
            ? purchase
            : OrderErrors.PurchaseNotFound;
}
