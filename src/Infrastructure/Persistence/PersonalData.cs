using Microsoft.EntityFrameworkCore;
using Shop.Application.Abstractions;
using Shop.Domain.Orders;

namespace Shop.Infrastructure.Persistence;

internal sealed class PersonalData(ShopDbContext db, OrderHistory history, ICurrentUser caller, TimeProvider clock) : IPersonalData
{
    public async Task EraseAsync(long userId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await db.Carts.Where(cart => cart.UserId == userId && cart.CheckedOutAt == null).ExecuteDeleteAsync(cancellationToken);
        await db.IdempotencyKeys.Where(key => key.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.Favorites.Where(favorite => favorite.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.Addresses.Where(address => address.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await CancelActiveOrdersAsync(userId, cancellationToken);
        await db.Orders
            .Where(order => order.UserId == userId)
            .ExecuteUpdateAsync(
                row => row
                    .SetProperty(order => order.ShippingAddress, (Address?)null)
                    .SetProperty(order => order.Version, order => order.Version + 1)
                    .SetProperty(order => order.UpdatedAt, now),
                cancellationToken);
        await db.Products
            .Where(product => product.SellerId == userId && product.DeletedAt == null)
            .ExecuteUpdateAsync(
                row => row
                    .SetProperty(product => product.DeletedAt, now)
                    .SetProperty(product => product.UpdatedAt, now)
                    .SetProperty(product => product.Version, product => product.Version + 1),
                cancellationToken);
    }
    private async Task CancelActiveOrdersAsync(long userId, CancellationToken cancellationToken)
    {
        await db.Orders
            .Where(order => order.UserId == userId && order.Status == OrderStatus.Active)
            .ExecuteUpdateAsync(
                row => row
                    .SetProperty(order => order.Status, OrderStatus.Cancelled)
                    .SetProperty(order => order.CancelReason, CancelReasons.UserErased),
                cancellationToken);
        var cancelled = await db.Orders
            .Where(order => order.UserId == userId && order.CancelReason == CancelReasons.UserErased)
            .Select(order => order.Id)
            .ToListAsync(cancellationToken);
        OrderFact fact = new(
            OrderChanges.Of(OrderStatus.Cancelled), OrderChanges.Of(OrderStatus.Active), OrderChanges.Of(OrderStatus.Cancelled), CancelReasons.UserErased);
        foreach (var id in cancelled)
        {
            await history.AddAsync(id, [fact], caller.Id, cancellationToken);
        }
    }
}
