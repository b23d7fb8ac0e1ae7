using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Application.Common.Paging;
using Shop.Domain.Common;
using Shop.Domain.Orders;
using Shop.Domain.Users;

namespace Shop.Application.Purchases;

/// <summary>What a user bought, newest first: oneself, or anybody for an admin.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Page">Which page.</param>
[Access(Who.SignedIn)]
public sealed record ListPurchases(long UserId, PageRequest Page) : IPagedQuery<PurchaseWithProductAnswer>;

internal sealed class ListPurchasesHandler(IRepository<OrderItem> purchases, IRepository<User> users, ICurrentUser caller)
    : IRequestHandler<ListPurchases, Result<Page<PurchaseWithProductAnswer>>>
{
    public async Task<Result<Page<PurchaseWithProductAnswer>>> Handle(ListPurchases query, CancellationToken cancellationToken) =>
        caller.MayActFor(query.UserId) && await users.AnyAsync(UserSpecs.ById(query.UserId), cancellationToken)
            ? await purchases.GetPageAsync<PurchaseWithProductAnswer>(PurchaseSpecs.Of(query.UserId), query.Page, cancellationToken)
            : UserErrors.NotFound;
}
