using Shop.Domain.Common;

namespace Shop.Domain.Orders;

/// <summary>The queries over purchases: the lines of paid, shipped and delivered orders.</summary>
public static class PurchaseSpecs
{
    /// <summary>All purchases.</summary>
    public static Specification<OrderItem> All() => new(query => Purchased(query));

    /// <summary>The purchase of that id, if it is theirs.</summary>
    /// <param name="id">The line's id.</param>
    /// <param name="userId">Whose it must be; null for an admin, who sees all.</param>
    public static Specification<OrderItem> OwnedBy(long id, long? userId) =>
        new(query => Purchased(query)
            .Where(item => item.Id == id)
            .Where(userId is not null, item => item.Order!.UserId == userId));

    /// <summary>The purchases of one order.</summary>
    /// <param name="orderId">The order.</param>
    public static Specification<OrderItem> OfOrder(long orderId) =>
        new(query => Purchased(query).Where(item => item.OrderId == orderId));

    /// <summary>What a user bought, newest first.</summary>
    /// <param name="userId">The user.</param>
    public static Specification<OrderItem> Of(long userId) =>
        new(query => Purchased(query)
            .Where(item => item.Order!.UserId == userId)
            .OrderByDescending(item => item.Order!.CreatedAt)
            .OrderByDescending(item => item.Id));

    private static SpecificationBuilder<OrderItem> Purchased(SpecificationBuilder<OrderItem> query) =>
        query.Where(item =>
            item.Order!.Status == OrderStatus.Paid
            || item.Order.Status == OrderStatus.Shipped
            || item.Order.Status == OrderStatus.Delivered);
}
