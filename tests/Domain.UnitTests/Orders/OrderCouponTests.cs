using FsCheck;
using FsCheck.Fluent;
using Shop.Domain.Common;
using Shop.Domain.Coupons;
using Shop.Domain.Orders;

namespace Shop.Domain.UnitTests.Orders;

public sealed class OrderCouponTests
{
    [Test]
    public void A_coupon_takes_its_discount_off_and_spreads_it_over_the_lines()
    {
        var order = An.OrderThatIs(OrderStatus.Active);

        order.Place(An.Products, An.Hour, Coupon("Spring", new() { Amount = Money.From(10) })).Error.ShouldBeNull();

        order.CouponCode.ShouldBe("Spring");
        (order.Subtotal.Amount, order.Discount.Amount, order.Total.Amount).ShouldBe((125m, 10m, 115m));
        order.Items.Select(item => item.Discount.Amount).ShouldBe([2m, 8m]);
        order.Items.Select(item => item.LineTotal!.Value.Amount).ShouldBe([25m, 100m]);
    }

    [Test]
    public void All_of_it_can_be_taken_off()
    {
        var order = An.OrderThatIs(OrderStatus.Active);

        order.Place(An.Products, An.Hour, Coupon("FREE", new() { Percent = 100 })).Error.ShouldBeNull();

        order.Discount.Amount.ShouldBe(125m);
        order.Total.ShouldBe(Money.Zero);
        order.Items.ShouldAllBe(item => item.Discount == item.LineTotal);
    }

    [Test]
    public void Below_the_smallest_subtotal_it_is_not_placed()
    {
        var order = An.OrderThatIs(OrderStatus.Active);

        order.Place(An.Products, An.Hour, Coupon("X", new() { Percent = 5, MinSubtotal = Money.From(126) })).Error!.Code.ShouldBe("coupon_not_valid");

        order.Status.ShouldBe(OrderStatus.Active);
        order.CouponCode.ShouldBeNull();
    }

    [Test]
    public void A_free_order_takes_a_coupon_too()
    {
        var order = Order.Open(7, An.Hour);
        order.AddItem(An.Lamp, 1, An.Hour);
        var free = new Dictionary<long, ProductSnapshot> { [An.Lamp] = new(An.Lamp, "L-1", "Lamp", Money.Zero) };

        order.Place(free, An.Hour, Coupon("X", new() { Amount = Money.From(5) })).Error.ShouldBeNull();

        (order.Discount.Amount, order.Total.Amount).ShouldBe((0m, 0m));
    }

    [Test]
    public void Only_a_placed_order_gives_its_coupon_back([Values(OrderStatus.Placed, OrderStatus.Paid, OrderStatus.Shipped)] OrderStatus status)
    {
        var order = An.OrderThatIs(OrderStatus.Active);
        order.HoldsUnpaidCoupon.ShouldBeFalse();
        order.Place(An.Products, An.Hour, Coupon("X", new() { Percent = 5 }));
        for (var next = OrderStatus.Paid; next <= status; next++)
        {
            order.Advance(next, An.Hour).Error.ShouldBeNull();
        }

        order.HoldsUnpaidCoupon.ShouldBe(status == OrderStatus.Placed);
    }

    [Test]
    public void An_order_without_a_coupon_gives_none_back() => An.OrderThatIs(OrderStatus.Placed).HoldsUnpaidCoupon.ShouldBeFalse();

    [Test]
    public void Whatever_is_bought_and_taken_off_the_books_balance() =>
        Prop.ForAll(
            Gen.Zip(Gen.Choose(0, 100_000), Gen.Choose(1, 50)).NonEmptyListOf().ToArbitrary(),
            Gen.Choose(1, 10_000).ToArbitrary(),
            ArbMap.Default.ArbFor<bool>(),
            (lines, number, isPercent) =>
            {
                var order = Order.Open(7, An.Hour);
                var bought = lines.Take(50).Select((line, i) => (Id: i + 1L, Price: Money.From(line.Item1 / 100m), Units: line.Item2)).ToList();
                bought.ForEach(line => order.AddItem(line.Id, line.Units, An.Hour));
                var products = bought.ToDictionary(line => line.Id, line => new ProductSnapshot(line.Id, "S", "N", line.Price));

                order.Place(products, An.Hour, Coupon("X", isPercent ? new() { Percent = number / 100m } : new() { Amount = Money.From(number / 100m) }));

                return order.Subtotal == order.Items.Sum(item => item.LineTotal!.Value.Amount)
                    && order.Discount == order.Items.Sum(item => item.Discount.Amount)
                    && order.Total == order.Subtotal - order.Discount
                    && order.Items.All(item => item.Discount >= Money.Zero && item.Discount <= item.LineTotal!.Value);
            }).QuickCheckThrowOnFailure();

    private static Coupon Coupon(string code, CouponTerms terms) => Domain.Coupons.Coupon.Create(code, terms, An.Hour).Value;
}
