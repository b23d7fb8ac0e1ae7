using Shop.Domain.Catalog;
using Shop.Domain.Common;

namespace Shop.Domain.UnitTests.Catalog;

public sealed class ProductTests
{
    private const long Seller = 7;

    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly ProductDetails Lamp = new("Lamp", "Bright", Money.From(12.5m), 3, "https://example.org/lamp.png");

    [Test]
    public void A_new_product_is_in_the_catalog_with_what_was_given()
    {
        var product = Product.List("L-1", Lamp, stock: 4, Seller, Now);

        (product.Sku, product.Name, product.Description, product.Price, product.CategoryId, product.ImageUrl)
            .ShouldBe(("L-1", Lamp.Name, Lamp.Description, Lamp.Price, Lamp.CategoryId, Lamp.ImageUrl));
        (product.Stock, product.SellerId, product.ReviewCount, product.UnitsSold, product.Version).ShouldBe((4, Seller, 0, 0L, 1L));
        (product.CreatedAt, product.UpdatedAt, product.DeletedAt).ShouldBe((Now, Now, null));
    }

    [Test]
    public void An_edit_replaces_what_buyers_see_and_leaves_stock_and_seller()
    {
        var product = Product.List("L-1", Lamp, stock: 4, Seller, Now);

        product.Edit("L-2", new ProductDetails("Torch", null, Money.Zero, null, null), Now.AddDays(1));

        (product.Sku, product.Name, product.Description, product.Price, product.CategoryId, product.ImageUrl)
            .ShouldBe(("L-2", "Torch", null, Money.Zero, null, null));
        (product.Stock, product.SellerId, product.CreatedAt, product.UpdatedAt).ShouldBe((4, Seller, Now, Now.AddDays(1)));
    }

    [TestCase(4, 10, 6)]
    [TestCase(4, 0, -4)]
    [TestCase(4, 4, 0)]
    public void A_recount_says_by_how_much_the_stock_moved(int before, int counted, int delta)
    {
        var product = Product.List("L-1", Lamp, before, Seller, Now);

        product.Recount(counted, Now).ShouldBe(delta);

        product.Stock.ShouldBe(counted);
    }

    [Test]
    public void A_withdrawn_product_knows_when()
    {
        var product = Product.List("L-1", Lamp, stock: 4, Seller, Now);

        product.Withdraw(Now.AddDays(1));

        (product.DeletedAt, product.UpdatedAt).ShouldBe((Now.AddDays(1), Now.AddDays(1)));
    }

    [TestCase(Seller, false, true)]
    [TestCase(8, false, false)]
    [TestCase(8, true, true)]
    public void Its_seller_and_admins_may_change_it(long userId, bool isAdmin, bool may) =>
        Product.List("L-1", Lamp, stock: 4, Seller, Now).CanBeChangedBy(userId, isAdmin).ShouldBe(may);

    [Test]
    public void The_shops_own_product_is_for_admins_alone()
    {
        var product = Product.List("L-1", Lamp, stock: 4, sellerId: null, Now);

        product.CanBeChangedBy(Seller, isAdmin: false).ShouldBeFalse();
        product.CanBeChangedBy(Seller, isAdmin: true).ShouldBeTrue();
    }

    [Test]
    public void A_shortage_names_the_products_and_what_is_left()
    {
        var error = ProductErrors.InsufficientStock([new StockShortage(5, "Lamp", Requested: 3, Available: 1)]);

        (error.Kind, error.Code).ShouldBe((ErrorKind.Conflict, "insufficient_stock"));
        error.Detail.ShouldContain("Lamp (product 5): 1 left of 3 asked");
    }
}
