using Shop.Domain.Carts;
using Shop.Domain.Common;
using Shop.Domain.Orders;

namespace Shop.Domain.UnitTests.Orders;

public sealed class OrderTests
{
    private static readonly DateTimeOffset Later = An.Hour.AddHours(1);

    [Test]
    public void Units_of_the_same_product_add_up_in_one_line()
    {
        var order = Order.Open(7, An.Hour);

        order.AddItem(An.Lamp, 2, An.Hour);
        order.AddItem(An.Lamp, 3, Later);

        order.Items.ShouldHaveSingleItem().Quantity.ShouldBe(5);
        order.UpdatedAt.ShouldBe(Later);
    }

    [Test]
    public void A_line_takes_a_million_units_and_no_more()
    {
        var order = Order.Open(7, An.Hour);
        order.AddItem(An.Lamp, Quantity.Max, An.Hour);

        order.AddItem(An.Lamp, 1, An.Hour).Error.ShouldBe(CartErrors.TooManyUnits, new ByCode());
        order.Items[0].Quantity.ShouldBe(Quantity.Max);
    }

    [Test]
    public void An_order_takes_500_products_and_no_more()
    {
        var order = Order.Open(7, An.Hour);
        for (var product = 1; product <= Cart.MaxLines; product++)
        {
            order.AddItem(product, 1, An.Hour).Error.ShouldBeNull();
        }

        order.AddItem(Cart.MaxLines + 1, 1, An.Hour).Error.ShouldBe(CartErrors.TooManyLines, new ByCode());
        order.AddItem(1, 1, An.Hour).Error.ShouldBeNull();
    }

    [Test]
    public void Lines_change_only_while_it_is_active([Values] OrderStatus status)
    {
        var order = An.OrderThatIs(status);
        var expected = status == OrderStatus.Active ? null : OrderErrors.NotActive(status);

        order.AddItem(An.Lamp, 1, Later).Error.ShouldBe(expected, new ByCode());
        order.ChangeQuantity(An.Lamp, 9, Later).Error.ShouldBe(expected, new ByCode());
        order.RemoveItem(An.Desk, Later).Error.ShouldBe(expected, new ByCode());
        order.UpdatedAt.ShouldBe(status == OrderStatus.Active ? Later : An.Hour);
    }

    [Test]
    public void A_product_that_is_not_in_it_is_not_found()
    {
        var order = An.OrderThatIs(OrderStatus.Active);

        order.ChangeQuantity(99, 1, Later).Error.ShouldBe(OrderErrors.ItemNotFound, new ByCode());
        order.RemoveItem(99, Later).Error.ShouldBe(OrderErrors.ItemNotFound, new ByCode());
    }

    [Test]
    public void Placing_writes_down_what_is_bought_and_at_which_price()
    {
        var order = An.OrderThatIs(OrderStatus.Active);

        order.Place(An.Products, Later).Error.ShouldBeNull();

        order.Items.Select(item => (item.Sku, item.Name, (decimal?)item.UnitPrice!.Value.Amount, (decimal?)item.LineTotal!.Value.Amount, item.StockHeld))
            .ShouldBe([("L-1", "Lamp", 12.50m, 25m, 2), ("D-1", "Desk", 100m, 100m, 1)]);
        order.Subtotal.Amount.ShouldBe(125m);
        order.Total.Amount.ShouldBe(125m);
        order.PlacedAt.ShouldBe(Later);
    }

    [Test]
    public void An_empty_order_is_not_placed() =>
        Order.Open(7, An.Hour).Place(An.Products, Later).Error.ShouldBe(OrderErrors.Empty, new ByCode());

    [TestCase(1_000_000, "9999999999.99")]
    [TestCase(2, "5000000000.00")]
    public void A_total_beyond_what_money_can_be_is_refused(int quantity, string price)
    {
        var order = Order.Open(7, An.Hour);
        order.AddItem(An.Lamp, quantity, An.Hour);
        var dear = new ProductSnapshot(An.Lamp, "L-1", "Lamp", Money.From(decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture)));

        order.Place(new Dictionary<long, ProductSnapshot> { [An.Lamp] = dear }, Later).Error.ShouldBe(OrderErrors.TotalTooLarge, new ByCode());
        order.Status.ShouldBe(OrderStatus.Active);
    }

    [Test]
    public void Cancelling_gives_back_what_it_holds_once()
    {
        var order = An.OrderThatIs(OrderStatus.Paid);

        var cancelled = order.Cancel(CancelReasons.Admin, Later);

        cancelled.Value.ShouldBe([new StockLine(An.Lamp, 2), new StockLine(An.Desk, 1)]);
        order.Items.ShouldAllBe(item => item.StockHeld == 0);
        order.CancelReason.ShouldBe("admin");
        order.Cancel(CancelReasons.Admin, Later).IsFailure.ShouldBeTrue();
    }

    [Test]
    public void Cancelling_what_was_never_placed_gives_nothing_back() =>
        An.OrderThatIs(OrderStatus.Active).Cancel(CancelReasons.Customer, Later).Value.ShouldBeEmpty();

    [Test]
    public void A_refund_keeps_the_stock_and_the_time_of_payment()
    {
        var order = An.OrderThatIs(OrderStatus.Delivered);

        order.Advance(OrderStatus.Refunded, Later).Error.ShouldBeNull();

        order.Items.Sum(item => item.StockHeld).ShouldBe(3);
        order.PaidAt.ShouldBe(An.Hour);
    }

    [Test]
    public void The_address_changes_until_it_is_shipped([Values] OrderStatus status)
    {
        var order = An.OrderThatIs(status);
        var open = status is OrderStatus.Active or OrderStatus.Placed or OrderStatus.Paid;

        order.ChangeAddress(An.Address, Later).Error?.Code.ShouldBe("order_address_fixed");

        order.ShippingAddress.ShouldBe(open ? An.Address : null);
    }

    [Test]
    public void A_country_is_one_of_iso_3166()
    {
        Countries.Count.ShouldBe(249);
        ((string[])["DE", "AT", "US", "AX", "ZW"]).ShouldAllBe(code => Countries.Contains(code));
        ((string[])["XX", "de", "UK", "EU", "", "DEU", " "]).ShouldAllBe(code => !Countries.Contains(code));
    }

    private sealed class ByCode : IEqualityComparer<Error?>
    {
        public bool Equals(Error? x, Error? y) => x?.Code == y?.Code;

        public int GetHashCode(Error? obj) => 0;
    }
}
