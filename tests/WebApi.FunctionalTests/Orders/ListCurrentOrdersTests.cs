using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Orders;

public sealed class ListCurrentOrdersTests : ShopTest
{
    [Test]
    public async Task It_shows_the_active_orders_newest_first()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync();
        var first = await buyer.OrderAsync(product);
        await buyer.OrderAsync(product, status: "placed");
        var second = await buyer.OrderAsync(product);

        foreach (var body in (string?[])[null, "", "{}", "{\"user_id\":null}", $"{{\"userId\":{buyer.UserId}}}"])
        {
            (await buyer.PostAsync("/orders/current_order", body)).ShouldBe(200).Ids().ShouldBe([second.Id, first.Id], body);
        }

        var page = (await buyer.PostAsync("/orders/current_order?limit=1&count=true", "{}")).ShouldBe(200);
        page.Ids().ShouldBe([second.Id]);
        page.Header("X-Total-Count").ShouldBe("2");
        (await buyer.PostAsync($"/orders/current_order?limit=1&cursor={page.NextCursor}", "{}")).ShouldBe(200).Ids().ShouldBe([first.Id]);
    }

    [Test]
    public async Task An_admin_may_ask_for_anybody_and_a_customer_for_themselves()
    {
        var buyer = await Shop.CustomerAsync();
        var other = await Shop.CustomerAsync();
        var order = await buyer.OrderAsync(await ProductAsync());

        (await Admin.PostAsync("/orders/current_order", new { user_id = buyer.UserId })).ShouldBe(200).Ids().ShouldBe([order.Id]);
        (await other.PostAsync("/orders/current_order", new { user_id = buyer.UserId })).ShouldBeProblem(404, "user_not_found");
        (await Admin.PostAsync("/orders/current_order", new { user_id = 999_999_999 })).ShouldBeProblem(400, "user_unknown", "user_id");
        (await Shop.Anonymous().PostAsync("/orders/current_order")).ShouldBeProblem(401, "unauthenticated");
    }

    [TestCase("{\"user_id\":\"x\"}")]
    [TestCase("{\"user_id\":1.5}")]
    public async Task Bad_input_is_400(string body) =>
        (await Admin.PostAsync("/orders/current_order", body)).ShouldBeProblem(400, "validation_failed", "user_id");

    [TestCase("[]")]
    [TestCase("{")]
    [TestCase("nonsense")]
    public async Task A_body_that_is_no_object_is_400(string body) => (await Admin.PostAsync("/orders/current_order", body)).ShouldBe(400);
}
