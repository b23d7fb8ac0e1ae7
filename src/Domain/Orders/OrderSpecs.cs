using Shop.Domain.Common;

namespace Shop.Domain.Orders;

/// <summary>The queries over orders.</summary>
public static class OrderSpecs
{
    /// <summary>The order of that id with its lines, if it is theirs.</summary>
    /// <param name="id">The order's id.</param>
    /// <param name="userId">Whose it must be; null for an admin, who sees all.</param>
    public static Specification<Order> OwnedBy(long id, long? userId) =>
        new(query => query
            .Where(order => order.Id == id)
            .Where(userId is not null, order => order.UserId == userId)
            .Include(order => order.Items));

    /// <summary>The order that a purchase is a line of, with all its lines.</summary>
    /// <param name="purchaseId">The line's id.</param>
    public static Specification<Order> OfPurchase(long purchaseId) =>
        new(query => query.Where(order => order.Items.Any(item => item.Id == purchaseId)).Include(order => order.Items));

    /// <summary>Orders, newest first.</summary>
    /// <param name="filter">Which.</param>
    public static Specification<Order> List(OrderFilter filter) =>
        new(query => query
            .Where(filter.OwnerId is not null, order => order.UserId == filter.OwnerId)
            .Where(filter.UserId is not null, order => order.UserId == filter.UserId)
            .Where(filter.Status is not null, order => order.Status == filter.Status)
            .Where(filter.From is not null, order => order.CreatedAt >= filter.From)
            .Where(filter.To is not null, order => order.CreatedAt < filter.To)
            .OrderByDescending(order => order.CreatedAt)
            .OrderByDescending(order => order.Id));
}

/// <summary>Which orders to list; null means any.</summary>
/// <param name="OwnerId">Whose orders the reader may see.</param>
/// <param name="UserId">Whose the reader asks for.</param>
/// <param name="Status">Where they stand.</param>
/// <param name="From">Made at or after, UTC.</param>
/// <param name="To">Made before, UTC.</param>
public sealed record OrderFilter(
    long? OwnerId = null, long? UserId = null, OrderStatus? Status = null, DateTimeOffset? From = null, DateTimeOffset? To = null);
