using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Orders;

public sealed class OrderProductsTests : ShopTest
{
    [Test]
    public async Task Products_are_added_changed_and_taken_out_while_the_order_is_active()
    {
        var buyer = await Shop.CustomerAsync();
        var lamp = await ProductAsync(price: 10m);
        var desk = await ProductAsync(price: 100m);
        var id = (await buyer.OrderAsync(lamp)).Id;

        (await buyer.PostAsync($"/orders/{id}/products", new { product_id = lamp, orderQuantity = 2 })).ShouldBe(200).Amount("total").ShouldBe(30m);
        (await buyer.PostAsync($"/orders/{id}/products", new { productId = desk })).ShouldBe(200).Amount("total").ShouldBe(130m);
        (await buyer.PatchAsync($"/orders/{id}/products/{desk}", new { quantity = 3 })).ShouldBe(200).Amount("total").ShouldBe(330m);
        var left = (await buyer.DeleteAsync($"/orders/{id}/products/{lamp}")).ShouldBe(200);

        left.Id.ShouldBe(id);
        left.Amount("total").ShouldBe(300m);
        left.List("items").ShouldHaveSingleItem().GetProperty("product_id").GetInt64().ShouldBe(desk);
        (await buyer.GetAsync($"/orders/{id}")).Body.ShouldBe(left.Body);
    }

    [Test]
    public async Task A_product_that_is_not_in_the_order_is_not_found()
    {
        var buyer = await Shop.CustomerAsync();
        var id = (await buyer.OrderAsync(await ProductAsync())).Id;
        var other = await ProductAsync();

        (await buyer.PatchAsync($"/orders/{id}/products/{other}", new { quantity = 2 })).ShouldBeProblem(404, "order_item_not_found");
        (await buyer.DeleteAsync($"/orders/{id}/products/{other}")).ShouldBeProblem(404, "order_item_not_found");
    }

    [TestCase("{}", "validation_failed", "product_id")]
    [TestCase("{\"product_id\":999999999}", "product_unknown", "product_id")]
    [TestCase("{\"product_id\":1,\"quantity\":0}", "validation_failed", "quantity")]
    [TestCase("{\"product_id\":1,\"orderQuantity\":-3}", "validation_failed", "quantity")]
    [TestCase("{\"product_id\":1,\"quantity\":1,\"orderQuantity\":1}", "validation_failed", "quantity")]
    public async Task Bad_input_is_400_and_names_the_field(string body, string code, string field)
    {
        var id = (await Admin.OrderAsync(await ProductAsync())).Id;

        (await Admin.PostAsync($"/orders/{id}/products", body)).ShouldBeProblem(400, code, field);
    }

    [TestCase("{}")]
    [TestCase("{\"quantity\":0}")]
    [TestCase("{\"quantity\":null}")]
    public async Task A_bad_quantity_is_400(string body)
    {
        var product = await ProductAsync();
        var id = (await Admin.OrderAsync(product)).Id;

        (await Admin.PatchAsync($"/orders/{id}/products/{product}", body)).ShouldBeProblem(400, "validation_failed", "quantity");
    }

    [Test]
    public async Task A_placed_orders_lines_are_fixed()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync();
        var id = (await buyer.OrderAsync(product, status: "placed")).Id;

        (await buyer.PostAsync($"/orders/{id}/products", new { product_id = product })).ShouldBeProblem(409, "order_not_active");
        (await buyer.PatchAsync($"/orders/{id}/products/{product}", new { quantity = 2 })).ShouldBeProblem(409, "order_not_active");
        (await buyer.DeleteAsync($"/orders/{id}/products/{product}")).ShouldBeProblem(409, "order_not_active");
    }

    [Test]
    public async Task Somebody_elses_order_is_not_found()
    {
        var product = await ProductAsync();
        var id = (await Admin.OrderAsync(product)).Id;
        var other = await Shop.CustomerAsync();

        (await other.PostAsync($"/orders/{id}/products", new { product_id = product })).ShouldBeProblem(404, "order_not_found");
        (await other.PatchAsync($"/orders/{id}/products/{product}", new { quantity = 2 })).ShouldBeProblem(404, "order_not_found");
        (await other.DeleteAsync($"/orders/{id}/products/{product}")).ShouldBeProblem(404, "order_not_found");
        (await Shop.Anonymous().PostAsync($"/orders/{id}/products", new { product_id = product })).ShouldBeProblem(401, "unauthenticated");
    }

    [Test]
    public async Task A_stale_version_is_412()
    {
        var product = await ProductAsync();
        var order = await Admin.OrderAsync(product);
        var url = $"/orders/{order.Id}/products/{product}";
        (await Admin.PatchAsync(url, new { quantity = 2 }, ("If-Match", order.ETag))).ShouldBe(200);

        (await Admin.PatchAsync(url, new { quantity = 3 }, ("If-Match", order.ETag))).ShouldBeProblem(412, "precondition_failed");
        (await Admin.DeleteAsync(url, ("If-Match", order.ETag))).ShouldBeProblem(412, "precondition_failed");
    }

    [Test]
    public async Task Twenty_at_once_add_up_exactly()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync();
        var id = (await buyer.OrderAsync(product)).Id;

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => buyer.PostAsync($"/orders/{id}/products", new { product_id = product })));

        answers.ShouldAllBe(answer => answer.Status == 200);
        (await buyer.GetAsync($"/orders/{id}")).List("items").ShouldHaveSingleItem().GetProperty("quantity").GetInt32().ShouldBe(21);
    }

    [Test]
    public async Task What_is_added_while_it_is_placed_is_in_the_order_or_refused()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync(stock: 1_000);
        var id = (await buyer.OrderAsync(product)).Id;

        var adding = Enumerable.Range(0, 8).Select(_ => buyer.PostAsync($"/orders/{id}/products", new { product_id = product })).ToArray();
        var placing = Enumerable.Range(0, 2).Select(_ => buyer.PutAsync($"/orders/{id}", new { status = "placed" })).ToArray();
        var added = await Task.WhenAll(adding);
        var placed = await Task.WhenAll(placing);

        placed.Count(answer => answer.Status == 200).ShouldBe(1);
        added.Where(answer => answer.Status != 200).ShouldAllBe(answer => answer.Code == "order_not_active");
        var order = await buyer.GetAsync($"/orders/{id}");
        var units = 1 + added.Count(answer => answer.Status == 200);
        order.List("items")[0].GetProperty("quantity").GetInt32().ShouldBe(units);
        order.Amount("total").ShouldBe(10m * units);
        (await Shop.StockAsync(product)).ShouldBe(1_000 - units);
        await Shop.ShouldBalanceAsync();
    }
}
