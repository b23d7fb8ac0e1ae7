using Shop.Domain.Carts;
using Shop.Domain.Common;

namespace Shop.Domain.UnitTests.Carts;

public sealed class CartTests
{
    private const long Lamp = 1;
    private const long Desk = 2;

    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 0, 0, TimeSpan.Zero);
    private static readonly Money Price = Money.From(10m);

    [Test]
    public void Units_of_the_same_product_add_up_and_the_latest_price_is_remembered()
    {
        var cart = OfUser();

        cart.Add(Lamp, 2, Price, Now);
        var line = cart.Add(Lamp, 3, Money.From(11m), Now).Value;

        cart.Items.ShouldHaveSingleItem().ShouldBeSameAs(line);
        line.Quantity.ShouldBe(5);
        line.AddedPrice.Amount.ShouldBe(11m);
    }

    [Test]
    public void A_line_takes_a_million_units_and_no_more()
    {
        var cart = OfUser();
        cart.Add(Lamp, Quantity.Max, Price, Now);

        cart.Add(Lamp, 1, Price, Now).Error.ShouldNotBeNull().Code.ShouldBe("quantity_out_of_range");
        cart.Items[0].Quantity.ShouldBe(Quantity.Max);
    }

    [Test]
    public void A_cart_takes_500_products_and_no_more()
    {
        var cart = OfUser();
        for (var product = 1; product <= Cart.MaxLines; product++)
        {
            cart.Add(product, 1, Price, Now).Error.ShouldBeNull();
        }

        cart.Add(Cart.MaxLines + 1, 1, Price, Now).Error.ShouldNotBeNull().Code.ShouldBe("too_many_lines");
        cart.Add(1, 1, Price, Now).Error.ShouldBeNull();
    }

    [Test]
    public void Merging_adds_up_and_leaves_out_what_does_not_fit()
    {
        var cart = OfUser();
        cart.Add(Lamp, Quantity.Max - 1, Price, Now);
        var guest = Cart.Open(CartHolder.Guest([1]), Now);
        guest.Add(Lamp, 5, Price, Now);
        guest.Add(Desk, 2, Price, Now);

        cart.Merge(guest, Now);

        cart.Items.Select(item => (item.ProductId, item.Quantity)).ShouldBe([(Lamp, Quantity.Max), (Desk, 2)]);
    }

    [Test]
    public void A_line_that_is_not_there_is_not_found()
    {
        var cart = OfUser();

        cart.ChangeQuantity(99, 1, Now).Error.ShouldNotBeNull().Code.ShouldBe("cart_item_not_found");
        cart.Remove(99, Now).Error.ShouldNotBeNull().Code.ShouldBe("cart_item_not_found");
    }

    [Test]
    public void Checking_out_ends_it()
    {
        var cart = OfUser();
        cart.Add(Lamp, 1, Price, Now);

        cart.CheckOut(Now);

        cart.Items.ShouldBeEmpty();
        cart.CheckedOutAt.ShouldBe(Now);
    }

    [Test]
    public void It_is_a_persons_or_a_guests()
    {
        var persons = OfUser();
        var guests = Cart.Open(CartHolder.Guest([1, 2]), Now);

        (persons.UserId, persons.TokenHash).ShouldBe((7, null));
        guests.UserId.ShouldBeNull();
        guests.TokenHash.ShouldBe([1, 2]);
    }

    private static Cart OfUser() => Cart.Open(CartHolder.User(7), Now);
}
