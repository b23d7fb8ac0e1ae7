using Shop.Domain.Common;
using Shop.Domain.Orders;

namespace Shop.Domain.UnitTests.Orders;

public sealed class OrderEventsTests
{
    [TestCase(OrderStatus.Active, "")]
    [TestCase(OrderStatus.Placed, "order.placed")]
    [TestCase(OrderStatus.Paid, "order.placed order.paid")]
    [TestCase(OrderStatus.Delivered, "order.placed order.paid order.shipped order.delivered")]
    [TestCase(OrderStatus.Cancelled, "order.cancelled")]
    [TestCase(OrderStatus.Refunded, "order.placed order.paid order.refunded")]
    public void Every_step_is_told_once_in_order(OrderStatus status, string told) =>
        string.Join(' ', An.OrderThatIs(status).Events.Select(each => each.Type)).ShouldBe(told);

    [Test]
    public void What_is_refused_is_not_told()
    {
        var order = An.OrderThatIs(OrderStatus.Shipped);
        order.TakeEvents();

        order.Place(An.Products, An.Hour).IsFailure.ShouldBeTrue();
        order.Advance(OrderStatus.Paid, An.Hour).IsFailure.ShouldBeTrue();
        order.Cancel(CancelReasons.Customer, An.Hour).IsFailure.ShouldBeTrue();

        order.Events.ShouldBeEmpty();
    }

    [Test]
    public void An_event_tells_the_order_as_it_stood_then()
    {
        var order = An.OrderThatIs(OrderStatus.Paid);

        var placed = (OrderPlaced)order.Events[0];
        var paid = (OrderPaid)order.Events[1];

        (placed.UserId, placed.Status, placed.Total, placed.PlacedAt, placed.PaidAt)
            .ShouldBe((7L, OrderStatus.Placed, Money.From(125m), An.Hour, null));
        (paid.Status, paid.PaidAt, paid.OccurredAt).ShouldBe((OrderStatus.Paid, An.Hour, An.Hour));
    }

    [Test]
    public void A_recorded_sale_is_told_as_paid_and_never_as_placed()
    {
        var order = Order.Record(userId: 7, An.Products[An.Lamp], 2, An.Hour).Value;

        order.Events.ShouldHaveSingleItem().ShouldBeOfType<OrderPaid>().Origin.ShouldBe(OrderOrigin.Recorded);
    }

    [Test]
    public void What_was_taken_is_not_told_again()
    {
        var order = An.OrderThatIs(OrderStatus.Placed);

        order.TakeEvents().Count.ShouldBe(1);

        order.TakeEvents().ShouldBeEmpty();
    }

    [Test]
    public void Every_kind_of_event_has_a_name_of_its_own()
    {
        EventTypes.All.ShouldBeUnique();
        EventTypes.All.ShouldContain(OrderPlaced.TypeName);
        EventTypes.All.ShouldAllBe(name => name.Length <= EventTypes.MaxLength && name.Contains('.'));
    }
}
