using Shop.Domain.Orders;

namespace Shop.Domain.UnitTests.Orders;

public sealed class OrderExpiryTests
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(30);

    [TestCase(29 * 60 + 59, false)]
    [TestCase(30 * 60, true)]
    [TestCase(31 * 60, true)]
    public void A_placed_order_expires_when_its_time_is_over(int seconds, bool expired) =>
        An.OrderThatIs(OrderStatus.Placed).IsExpired(An.Hour.AddSeconds(seconds), Window).ShouldBe(expired);

    [Test]
    public void An_order_in_any_other_status_does_not([Values] OrderStatus status) =>
        An.OrderThatIs(status).IsExpired(An.Hour.AddYears(1), Window).ShouldBe(status == OrderStatus.Placed);

    [Test]
    public void A_payment_that_begins_in_time_holds_it_for_some_minutes_and_no_longer()
    {
        var order = An.OrderThatIs(OrderStatus.Placed);
        var last = An.Hour.AddMinutes(29);

        order.BeginPayment(last, Window);

        order.IsExpired(last + Order.PaymentPatience - TimeSpan.FromSeconds(1), Window).ShouldBeFalse();
        order.IsExpired(last + Order.PaymentPatience, Window).ShouldBeTrue();
        order.EndPayment();
        order.IsExpired(An.Hour + Window, Window).ShouldBeTrue();
    }

    [Test]
    public void A_payment_with_time_enough_leaves_it_as_it_is()
    {
        var order = An.OrderThatIs(OrderStatus.Placed);

        order.BeginPayment(An.Hour.AddMinutes(20), Window);

        order.PayingUntil.ShouldBeNull();
    }

    [Test]
    public void One_that_ended_for_it_is_expired_ever_after()
    {
        var order = An.OrderThatIs(OrderStatus.Placed);
        order.Cancel(CancelReasons.Expired, An.Hour);

        order.IsExpired(An.Hour, Window).ShouldBeTrue();
    }
}
