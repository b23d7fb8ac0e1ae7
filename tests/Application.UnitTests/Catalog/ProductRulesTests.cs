using Shop.Application.Catalog;
using Shop.Application.Common.Paging;

namespace Shop.Application.UnitTests.Catalog;

public sealed class ProductRulesTests
{
    private static readonly CreateProduct Valid = new() { Name = "Lamp", Price = 1 };
    private static readonly ListProducts List = new() { Page = new PageRequest(20, null, false, "") };

    [Test]
    public void Name_and_price_are_enough() => new CreateProductRules().Faults(Valid).ShouldBeEmpty();

    [Test]
    public void All_that_is_missing_is_named() => new CreateProductRules().Faults(new CreateProduct()).ShouldBe(["name", "price"]);

    [TestCase(0, true)]
    [TestCase(9_999_999_999.99, true)]
    [TestCase(10_000_000_000.0, false)]
    [TestCase(-0.01, false)]
    [TestCase(0.001, false)]
    public void A_price_is_money(decimal price, bool valid) =>
        new CreateProductRules().Faults(Valid with { Price = price }).ShouldBe(valid ? [] : ["price"]);

    [TestCase("https://example.org/a.png", true)]
    [TestCase("http://example.org", true)]
    [TestCase("ftp://example.org", false)]
    [TestCase("javascript:alert(1)", false)]
    [TestCase("/a.png", false)]
    [TestCase("", false)]
    public void An_image_has_a_web_address(string url, bool valid) =>
        new CreateProductRules().Faults(Valid with { ImageUrl = url }).ShouldBe(valid ? [] : ["image_url"]);

    [TestCase(0, true)]
    [TestCase(1_000_000_000, true)]
    [TestCase(1_000_000_001, false)]
    [TestCase(-1, false)]
    public void Stock_is_not_negative_and_not_absurd(int stock, bool valid) =>
        new CreateProductRules().Faults(Valid with { Stock = stock }).ShouldBe(valid ? [] : ["stock"]);

    [Test]
    public void A_patch_may_empty_what_may_be_empty_and_nothing_else()
    {
        new UpdateProductRules().Faults(new UpdateProduct()).ShouldBeEmpty();
        new UpdateProductRules().Faults(new UpdateProduct { Description = null, ImageUrl = null, Category = null }).ShouldBeEmpty();
        new UpdateProductRules().Faults(new UpdateProduct { Name = null, Price = new(null), Sku = null, Stock = new(null) })
            .ShouldBe(["name", "price", "sku", "stock"], ignoreOrder: true);
    }

    [TestCase("newest", null, true)]
    [TestCase("-price", null, true)]
    [TestCase("cheapest", null, false)]
    [TestCase("relevance", "lamp", true)]
    [TestCase("relevance", " ", false)]
    public void Only_known_sorts_and_relevance_to_something(string sort, string? search, bool valid) =>
        new ListProductsRules().Faults(List with { Sort = sort, Search = search }).ShouldBe(valid ? [] : ["sort"]);
}
