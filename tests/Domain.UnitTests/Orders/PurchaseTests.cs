using Shop.Domain.Common;
using Shop.Domain.Orders;

namespace Shop.Domain.UnitTests.Orders;

public sealed class PurchaseTests
{
    private const long Unsaved = 0;

    private static readonly DateTimeOffset Then = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = Then.AddDays(1);
    private static readonly ProductSnapshot Lamp = new(1, "L", "Lamp", Money.From(2.5m));
    private static readonly ProductSnapshot Chair = new(2, "C", "Chair", Money.From(99m));

    [Test]
    public void A_recorded_sale_is_a_paid_order_of_one_line_at_todays_price()
    {
        var order = Order.Record(userId: 7, Lamp, quantity: 4, Then).Value;

        order.UserId.ShouldBe(7);
        order.Origin.ShouldBe(OrderOrigin.Recorded);
        order.Status.ShouldBe(OrderStatus.Paid);
        order.PaidAt.ShouldBe(Then);
        order.Total.Amount.ShouldBe(10m);
        var line = order.Items.ShouldHaveSingleItem();
        (line.ProductId, line.Sku, line.Name, line.Quantity, line.StockHeld).ShouldBe((1L, "L", "Lamp", 4, 0));
        line.LineTotal!.Value.Amount.ShouldBe(10m);
    }

    [Test]
    public void A_sale_beyond_what_money_can_be_is_refused() =>
        Order.Record(7, Lamp with { Price = Money.From(Money.MaxAmount) }, 2, Then).Error!.Code.ShouldBe("total_too_large");

    [TestCase(-1)]
    [TestCase(5)]
    public void A_line_never_holds_more_than_was_sold(int units) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Order.Record(7, Lamp, 4, Then).Value.HoldStock(units));

    [Test]
    public void Only_recorded_sales_note_what_they_took() => Should.Throw<InvalidOperationException>(() => Bought().HoldStock(1));

    [Test]
    public void Another_product_keeps_price_and_quantity_and_the_stock_comes_free()
    {
        var order = Order.Record(7, Lamp, 4, Then).Value;
        order.HoldStock(3);

        var corrected = order.CorrectPurchase(Unsaved, userId: 7, Chair, Later).Value;

        corrected.Order.ShouldBeSameAs(order);
        corrected.Released.ShouldBe(new StockLine(1, 3));
        var line = order.Items.ShouldHaveSingleItem();
        (line.ProductId, line.Sku, line.Name, line.Quantity, line.StockHeld).ShouldBe((2L, "C", "Chair", 4, 0));
        line.UnitPrice!.Value.Amount.ShouldBe(2.5m);
        order.Total.Amount.ShouldBe(10m);
        order.UpdatedAt.ShouldBe(Later);
    }

    [Test]
    public void Another_buyer_takes_the_stock_along_but_not_the_address()
    {
        var order = Order.Record(7, Lamp, 4, Then).Value;
        order.HoldStock(3);
        order.ChangeAddress(new Address("Seven", "x", null, "x", null, "1", "DE"), Then).IsFailure.ShouldBeFalse();

        var corrected = order.CorrectPurchase(Unsaved, userId: 8, product: null, Later).Value;

        corrected.Released.Quantity.ShouldBe(0);
        order.Items[0].StockHeld.ShouldBe(3);
        order.UserId.ShouldBe(8);
        order.ShippingAddress.ShouldBeNull();
    }

    [Test]
    public void What_stands_there_already_is_no_edit()
    {
        var order = Order.Record(7, Lamp, 4, Then).Value;

        order.CorrectPurchase(Unsaved, userId: 7, product: null, Later).IsFailure.ShouldBeFalse();

        order.UpdatedAt.ShouldBe(Then);
    }

    [Test]
    public void A_removed_purchase_leaves_an_empty_order_worth_nothing_and_its_stock_comes_free()
    {
        var order = Order.Record(7, Lamp, 4, Then).Value;
        order.HoldStock(4);

        order.RemovePurchase(Unsaved, Later).Value.ShouldBe(new StockLine(1, 4));

        order.Items.ShouldBeEmpty();
        order.Total.ShouldBe(Money.Zero);
        order.Subtotal.ShouldBe(Money.Zero);
    }

    [Test]
    public void What_was_bought_through_the_shop_is_changed_through_its_order_alone()
    {
        Bought().CorrectPurchase(Unsaved, 8, null, Later).Error!.Code.ShouldBe("purchase_fixed");
        Bought().RemovePurchase(Unsaved, Later).Error!.Code.ShouldBe("purchase_fixed");
    }

    [Test]
    public void What_was_sent_back_or_never_there_is_no_purchase()
    {
        var refunded = Order.Record(7, Lamp, 4, Then).Value;
        refunded.Advance(OrderStatus.Refunded, Later).IsFailure.ShouldBeFalse();

        refunded.RemovePurchase(Unsaved, Later).Error!.Code.ShouldBe("purchase_not_found");
        refunded.CorrectPurchase(Unsaved, 8, null, Later).Error!.Code.ShouldBe("purchase_not_found");
        Order.Record(7, Lamp, 4, Then).Value.RemovePurchase(purchaseId: 5, Later).Error!.Code.ShouldBe("purchase_not_found");
    }

    private static Order Bought()
    {
        var order = Order.Open(userId: 7, Then);
        order.AddItem(Lamp.Id, 1, Then).IsFailure.ShouldBeFalse();
        order.Place(new Dictionary<long, ProductSnapshot> { [Lamp.Id] = Lamp }, Then).IsFailure.ShouldBeFalse();
        order.Advance(OrderStatus.Paid, Then).IsFailure.ShouldBeFalse();
        return order;
    }
}
