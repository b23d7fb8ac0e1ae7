using Microsoft.EntityFrameworkCore;
using Shop.Application.Abstractions;
using Shop.Domain.Orders;

namespace Shop.Infrastructure.Persistence;

internal sealed class PersonalData(ShopDbContext db, TimeProvider clock) : IPersonalData
{
    public async Task EraseAsync(long userId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await db.Carts.Where(cart => cart.UserId == userId && cart.CheckedOutAt == null).ExecuteDeleteAsync(cancellationToken);
        await db.IdempotencyKeys.Where(key => key.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.Favorites.Where(favorite => favorite.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.Addresses.Where(address => address.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.AccountRequests
            .Where(request => db.Users.Any(user => user.Id == userId && user.Email == request.Email))
            .ExecuteDeleteAsync(cancellationToken);
        await db.Orders
            .Where(order => order.UserId == userId)
            .ExecuteUpdateAsync(
                row => row
                    .SetProperty(order => order.ShippingAddress, (Address?)null)
                    .SetProperty(order => order.Version, order => order.Version + 1)
                    .SetProperty(order => order.UpdatedAt, now),
                cancellationToken);
        await foreach (var order in db.Orders
            .Where(order => order.UserId == userId && order.Status == OrderStatus.Active)
            .Include(order => order.Items)
            .AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            order.Cancel(CancelReasons.UserErased, now);
        }

        await foreach (var product in db.Products
            .Where(product => product.SellerId == userId && product.DeletedAt == null)
            .AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            product.Withdraw(now);
        }
    }
}
