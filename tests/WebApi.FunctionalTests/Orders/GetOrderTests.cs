using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Orders;

public sealed class GetOrderTests : ShopTest
{
    [Test]
    public async Task Prices_are_todays_until_it_is_placed_and_fixed_from_then_on()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync(price: 10m);
        var order = await buyer.OrderAsync(product, 3);

        (await Admin.PatchAsync($"/products/{product}", new { price = 11m, name = "Renamed" })).ShouldBe(200);
        var today = (await buyer.GetAsync($"/orders/{order.Id}")).ShouldBe(200);
        today.Amount("total").ShouldBe(33m);
        today.List("items")[0].GetProperty("name").GetString().ShouldBe("Renamed");

        (await buyer.PutAsync($"/orders/{order.Id}", new { status = "placed" })).ShouldBe(200);
        (await Admin.PatchAsync($"/products/{product}", new { price = 99m, name = "Again", sku = Unique("sku") })).ShouldBe(200);
        (await Admin.DeleteAsync($"/products/{product}")).ShouldBe(204);
        var placed = (await buyer.GetAsync($"/orders/{order.Id}")).ShouldBe(200);

        placed.Amount("subtotal").ShouldBe(33m);
        placed.Amount("total").ShouldBe(33m);
        placed.List("items")[0].GetRawText().ShouldBe(today.List("items")[0].GetRawText());
    }

    [Test]
    public async Task It_is_sent_again_only_when_it_has_changed()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync();
        var order = await buyer.OrderAsync(product);
        var read = (await buyer.GetAsync($"/orders/{order.Id}")).ShouldBe(200);

        (await buyer.GetAsync($"/orders/{order.Id}", ("If-None-Match", read.ETag))).ShouldBe(304);
        (await buyer.PostAsync($"/orders/{order.Id}/products", new { product_id = product })).ShouldBe(200);
        (await buyer.GetAsync($"/orders/{order.Id}", ("If-None-Match", read.ETag))).ShouldBe(200).ETag.ShouldNotBe(read.ETag);
    }

    [Test]
    public async Task Its_buyer_and_admins_see_it_and_for_all_others_it_is_not_there()
    {
        var buyer = await Shop.CustomerAsync();
        var order = await buyer.OrderAsync(await ProductAsync());

        (await Admin.GetAsync($"/orders/{order.Id}")).ShouldBe(200).Body.ShouldBe(order.Body);
        (await (await Shop.CustomerAsync()).GetAsync($"/orders/{order.Id}")).ShouldBeProblem(404, "order_not_found");
        (await Shop.Anonymous().GetAsync($"/orders/{order.Id}")).ShouldBeProblem(401, "unauthenticated");
        (await buyer.GetAsync("/orders/999999999")).ShouldBeProblem(404, "order_not_found");
        (await buyer.GetAsync("/orders/x")).ShouldBeProblem(404, "not_found");
    }
}
