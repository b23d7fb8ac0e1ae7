using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Orders;

namespace Shop.Application.Orders;

/// <summary>Finds orders that are about to be changed.</summary>
internal sealed class OrderEditing(IRepository<Order> orders, PaymentWindow window, ICurrentUser caller, TimeProvider clock)
{
    /// <summary>Loads and locks an order that is the caller's to change, that they have seen as it is, and whose time is not over.</summary>
    public async Task<Result<Order>> FindAsync(long id, ExpectedVersion? expected, CancellationToken cancellationToken)
    {
        if (await orders.FindForUpdateAsync(OrderSpecs.OwnedBy(id, caller.OwnerFilter), cancellationToken) is not { } order)
        {
            return OrderErrors.NotFound;
        }

        return ExpectedVersion.Refusal(expected, order) is { } stale ? stale
            : order.IsExpired(clock.GetUtcNow(), window.Length) ? OrderErrors.Expired
            : order;
    }
}
