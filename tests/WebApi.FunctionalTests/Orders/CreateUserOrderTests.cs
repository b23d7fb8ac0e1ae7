using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Orders;

public sealed class CreateUserOrderTests : ShopTest
{
    [Test]
    public async Task A_user_orders_a_product_for_themselves_and_an_admin_for_anybody()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync(stock: 9);

        var own = (await buyer.PostAsync($"/users/{buyer.UserId}/orders", new { product_id = product })).ShouldBe(201);
        var placed = (await Admin.PostAsync($"/users/{buyer.UserId}/orders", new { product_id = product, quantity = 4, status = "placed" })).ShouldBe(201);

        own.Header("Location").ShouldBe($"/orders/{own.Id}");
        own.Text("status").ShouldBe("active");
        own.List("items")[0].GetProperty("quantity").GetInt32().ShouldBe(1);
        placed["user_id"].GetInt64().ShouldBe(buyer.UserId);
        placed.Text("status").ShouldBe("placed");
        (await Shop.StockAsync(product)).ShouldBe(5);
    }

    [TestCase("{}", "validation_failed", "product_id")]
    [TestCase("{\"product_id\":999999999}", "product_unknown", "product_id")]
    [TestCase("{\"product_id\":1,\"quantity\":0}", "validation_failed", "quantity")]
    [TestCase("{\"product_id\":1,\"status\":\"shipped\"}", "validation_failed", "status")]
    public async Task Bad_input_is_400_and_names_the_field(string body, string code, string field)
    {
        var buyer = await Shop.CustomerAsync();

        (await buyer.PostAsync($"/users/{buyer.UserId}/orders", body)).ShouldBeProblem(400, code, field);
    }

    [Test]
    public async Task Somebody_elses_and_nobodys_are_not_found()
    {
        var buyer = await Shop.CustomerAsync();
        var other = await Shop.CustomerAsync();
        var product = await ProductAsync();

        (await other.PostAsync($"/users/{buyer.UserId}/orders", new { product_id = product })).ShouldBeProblem(404, "user_not_found");
        (await Admin.PostAsync("/users/999999999/orders", new { product_id = product })).ShouldBeProblem(404, "user_not_found");
        (await Shop.Anonymous().PostAsync($"/users/{buyer.UserId}/orders", new { product_id = product })).ShouldBeProblem(401, "unauthenticated");
        (await buyer.GetAsync("/orders")).Body.ShouldBe("[]");
    }
}
