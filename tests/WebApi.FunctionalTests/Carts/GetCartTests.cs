using System.Text.Json;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Carts;

public sealed class GetCartTests : ShopTest
{
    [Test]
    public async Task Who_has_no_cart_sees_an_empty_one()
    {
        foreach (var nobody in (Actor[])[Shop.Anonymous(), await Shop.CustomerAsync()])
        {
            var cart = (await nobody.GetAsync("/cart")).ShouldBe(200);

            cart["id"].ValueKind.ShouldBe(JsonValueKind.Null);
            cart.List("items").ShouldBeEmpty();
            cart.Amount("subtotal").ShouldBe(0);
            cart.Text("currency").ShouldBe("EUR");
            cart.List("warnings").ShouldBeEmpty();
            cart.Header("X-Cart-Token").ShouldBeNull();
        }
    }

    [Test]
    public async Task It_shows_lines_newest_first_and_their_sum()
    {
        var guest = Shop.Anonymous();
        var first = await ProductAsync(price: 10m);
        var second = await ProductAsync(price: 0.35m);
        await guest.PutInCartAsync(first, 2);
        await guest.PutInCartAsync(second, 3);

        var cart = (await guest.GetAsync("/cart")).ShouldBe(200);

        cart.Id.ShouldBePositive();
        cart.List("items").Select(item => item.GetProperty("product_id").GetInt64()).ShouldBe([second, first]);
        cart.List("items")[0].EnumerateObject().Select(property => property.Name)
            .ShouldBe(["id", "product_id", "name", "unit_price", "quantity", "line_total"]);
        cart.Amount("subtotal").ShouldBe(21.05m);
        cart.List("warnings").ShouldBeEmpty();
    }

    [Test]
    public async Task It_warns_of_prices_that_changed_until_the_line_is_put_in_again()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync(price: 10m);
        await buyer.PutInCartAsync(product);
        (await Admin.PatchAsync($"/products/{product}", new { price = 12m })).ShouldBe(200);

        var cart = (await buyer.GetAsync("/cart")).ShouldBe(200);

        cart.Amount("subtotal").ShouldBe(12m);
        var warning = cart.List("warnings").ShouldHaveSingleItem();
        warning.GetProperty("code").GetString().ShouldBe("price_changed");
        warning.GetProperty("product_id").GetInt64().ShouldBe(product);
        warning.GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
        warning.GetProperty("previous_price").GetDecimal().ShouldBe(10m);
        warning.GetProperty("price").GetDecimal().ShouldBe(12m);

        await buyer.PutInCartAsync(product);
        (await buyer.GetAsync("/cart")).List("warnings").ShouldBeEmpty();
    }

    [Test]
    public async Task It_warns_of_too_little_stock_and_says_what_is_left()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync(stock: 3);
        await buyer.PutInCartAsync(product, 4);

        var warning = (await buyer.GetAsync("/cart")).List("warnings").ShouldHaveSingleItem();

        warning.GetProperty("code").GetString().ShouldBe("insufficient_stock");
        warning.GetProperty("available").GetInt32().ShouldBe(3);
    }

    [Test]
    public async Task A_product_that_left_the_catalog_stays_with_a_warning_and_does_not_count()
    {
        var buyer = await Shop.CustomerAsync();
        var gone = await ProductAsync(price: 5m);
        var there = await ProductAsync(price: 7m);
        await buyer.PutInCartAsync(gone);
        await buyer.PutInCartAsync(there);
        (await Admin.DeleteAsync($"/products/{gone}")).ShouldBe(204);

        var cart = (await buyer.GetAsync("/cart")).ShouldBe(200);

        cart.List("items").Count.ShouldBe(2);
        cart.Amount("subtotal").ShouldBe(7m);
        var warning = cart.List("warnings").ShouldHaveSingleItem();
        warning.GetProperty("code").GetString().ShouldBe("product_unavailable");
        warning.GetProperty("product_id").GetInt64().ShouldBe(gone);
    }
}
