using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Application.Common.Paging;
using Shop.Domain.Common;
using Shop.Domain.Orders;
using Shop.Domain.Users;

namespace Shop.Application.Orders;

/// <summary>A user's active orders, newest first: one's own, or anybody's for an admin.</summary>
/// <param name="UserId">Who buys; null for the caller.</param>
/// <param name="Page">Which page.</param>
[Access(Who.SignedIn)]
public sealed record ListCurrentOrders(long? UserId, PageRequest Page) : IPagedQuery<OrderAnswer>;

internal sealed class ListCurrentOrdersHandler(IRepository<Order> orders, IRepository<User> users, ICurrentUser caller)
    : IRequestHandler<ListCurrentOrders, Result<Page<OrderAnswer>>>
{
    public async Task<Result<Page<OrderAnswer>>> Handle(ListCurrentOrders query, CancellationToken cancellationToken)
    {
        var userId = query.UserId ?? caller.RequiredId;
        if (!caller.MayActFor(userId))
        {
            return UserErrors.NotFound;
        }

        if (userId != caller.Id && !await users.AnyAsync(UserSpecs.ById(userId), cancellationToken))
        {
            return UserErrors.Unknown;
        }

        var filter = new OrderFilter(UserId: userId, Status: OrderStatus.Active);
        var page = query.Page with { Scope = $"{query.Page.Scope}&user_id={userId}" };
        return await orders.GetPageAsync<OrderAnswer>(OrderSpecs.List(filter), page, cancellationToken);
    }
}
