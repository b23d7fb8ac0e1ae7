using Shop.Domain.Common;

namespace Shop.Domain.Orders;

/// <summary>The queries over the history of orders.</summary>
public static class OrderChangeSpecs
{
    /// <summary>An order's history, newest first.</summary>
    /// <param name="orderId">The order.</param>
    public static Specification<OrderChange> Of(long orderId) =>
        new(query => query
            .Where(change => change.OrderId == orderId)
            .OrderByDescending(change => change.At)
            .OrderByDescending(change => change.Id));
}
