using Shop.Domain.Common;
using Shop.Domain.Orders;

namespace Shop.Domain.UnitTests.Orders;

/// <summary>What tests of orders begin with.</summary>
internal static class An
{
    public const long Lamp = 1;
    public const long Desk = 2;

    public static DateTimeOffset Hour { get; } = new(2026, 1, 2, 3, 0, 0, TimeSpan.Zero);

    public static IReadOnlyDictionary<long, ProductSnapshot> Products { get; } = new Dictionary<long, ProductSnapshot>
    {
        [Lamp] = new(Lamp, "L-1", "Lamp", Money.From(12.50m)),
        [Desk] = new(Desk, "D-1", "Desk", Money.From(100m)),
    };

    public static Address Address { get; } = new("Anna", "Main 1", null, "Berlin", null, "10115", "DE");

    /// <summary>Two lamps and a desk, in this status.</summary>
    public static Order OrderThatIs(OrderStatus status)
    {
        var order = Order.Open(userId: 7, Hour);
        order.AddItem(Lamp, 2, Hour).Error.ShouldBeNull();
        order.AddItem(Desk, 1, Hour).Error.ShouldBeNull();
        OrderStatus[] way = status switch
        {
            OrderStatus.Active or OrderStatus.Cancelled => [],
            OrderStatus.Placed or OrderStatus.Paid => [OrderStatus.Paid],
            OrderStatus.Refunded => [OrderStatus.Paid, OrderStatus.Refunded],
            OrderStatus.Shipped => [OrderStatus.Paid, OrderStatus.Shipped],
            _ => [OrderStatus.Paid, OrderStatus.Shipped, OrderStatus.Delivered],
        };
        if (way.Length > 0)
        {
            order.Place(Products, Hour).Error.ShouldBeNull();
        }

        foreach (var step in status == OrderStatus.Placed ? [] : way)
        {
            order.Advance(step, Hour).Error.ShouldBeNull();
        }

        if (status == OrderStatus.Cancelled)
        {
            order.Cancel(CancelReasons.Customer, Hour).Error.ShouldBeNull();
        }

        return order;
    }
}
