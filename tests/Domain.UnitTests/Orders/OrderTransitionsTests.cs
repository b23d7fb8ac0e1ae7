using Shop.Domain.Common;
using Shop.Domain.Orders;
using static Shop.Domain.Orders.OrderStatus;

namespace Shop.Domain.UnitTests.Orders;

public sealed class OrderTransitionsTests
{
    private static readonly (OrderStatus From, OrderStatus To)[] Arrows =
    [
        (Active, Placed), (Active, Cancelled),
        (Placed, Paid), (Placed, Cancelled),
        (Paid, Shipped), (Paid, Cancelled), (Paid, Refunded),
        (Shipped, Delivered), (Shipped, Refunded),
        (Delivered, Refunded),
    ];

    [Test]
    public void Every_status_answers_for_every_target([Values] OrderStatus from, [Values] OrderStatus to) =>
        OrderTransitions.Allows(from, to).ShouldBe(Arrows.Contains((from, to)));

    [Test]
    public void An_order_in_every_status_follows_the_machine_and_nothing_else([Values] OrderStatus from, [Values] OrderStatus to)
    {
        var order = An.OrderThatIs(from);

        var moved = Move(order, to);

        if (Arrows.Contains((from, to)))
        {
            moved.Error.ShouldBeNull();
            order.Status.ShouldBe(to);
        }
        else
        {
            moved.Error.ShouldNotBeNull().Code.ShouldBe("illegal_status_change");
            moved.Error.Kind.ShouldBe(ErrorKind.Conflict);
            order.Status.ShouldBe(from);
        }
    }

    [Test]
    public void Only_what_is_paid_and_not_given_back_is_a_purchase([Values] OrderStatus status) =>
        status.IsPurchase().ShouldBe(status is Paid or Shipped or Delivered);

    private static Result Move(Order order, OrderStatus to) => to switch
    {
        Placed => order.Place(An.Products, An.Hour),
        Cancelled => order.Cancel(CancelReasons.Customer, An.Hour) is { IsFailure: true } refused ? refused.Error : Result.Ok,
        _ => order.Advance(to, An.Hour),
    };
}
