using Shop.Domain.Catalog;
using Shop.Domain.Common;

namespace Shop.Domain.UnitTests.Catalog;

public sealed class ProductEventsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly ProductDetails Lamp = new("Lamp", "Bright", Money.From(12.5m), 3, "https://example.org/lamp.png");

    [Test]
    public void A_new_product_is_told_as_created_alone()
    {
        var created = Product.List("L-1", Lamp, stock: 4, sellerId: 7, Now).Events.ShouldHaveSingleItem().ShouldBeOfType<ProductCreated>();

        (created.Sku, created.Name, created.Price, created.Stock, created.SellerId).ShouldBe(("L-1", "Lamp", Lamp.Price, 4, 7L));
    }

    [Test]
    public void An_edit_and_a_recount_at_once_are_one_update_that_tells_both()
    {
        var product = Listed();

        product.Edit("L-2", Lamp with { Price = Money.From(9m) }, Now);
        product.Recount(9, Now);

        var updated = product.Events.ShouldHaveSingleItem().ShouldBeOfType<ProductUpdated>();
        (updated.Sku, updated.Price, updated.Stock).ShouldBe(("L-2", Money.From(9m), 9));
    }

    [Test]
    public void An_edit_that_changes_nothing_is_not_told()
    {
        var product = Listed();

        product.Edit("L-1", Lamp, Now.AddDays(1));
        product.Recount(4, Now.AddDays(1));

        product.Events.ShouldBeEmpty();
    }

    [Test]
    public void A_recount_alone_is_told()
    {
        var product = Listed();

        product.Recount(0, Now);

        product.Events.ShouldHaveSingleItem().ShouldBeOfType<ProductUpdated>().Stock.ShouldBe(0);
    }

    [Test]
    public void A_product_that_leaves_the_catalog_is_told_as_deleted()
    {
        var product = Listed();

        product.Withdraw(Now);

        product.Events.ShouldHaveSingleItem().ShouldBeOfType<ProductDeleted>();
    }

    private static Product Listed()
    {
        var product = Product.List("L-1", Lamp, stock: 4, sellerId: 7, Now);
        product.TakeEvents();
        return product;
    }
}
