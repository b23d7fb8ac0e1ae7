using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Orders;

public sealed class CancelOrderTests : ShopTest
{
    [TestCase("active")]
    [TestCase("placed")]
    public async Task It_is_cancelled_once_and_its_stock_is_free_again(string status)
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync(stock: 5);
        var order = await buyer.OrderAsync(product, 2, status);

        var cancelled = (await buyer.DeleteAsync($"/orders/{order.Id}")).ShouldBe(200);

        cancelled.Text("status").ShouldBe("cancelled");
        cancelled.Text("cancel_reason").ShouldBe("customer");
        cancelled.Amount("total").ShouldBe(20m);
        (await Shop.StockAsync(product)).ShouldBe(5);
        (await buyer.DeleteAsync($"/orders/{order.Id}")).ShouldBeProblem(409, "illegal_status_change");
        (await Shop.StockAsync(product)).ShouldBe(5);
        await Shop.ShouldBalanceAsync();
    }

    [Test]
    public async Task An_admin_cancels_anybodys_and_the_reason_says_so()
    {
        var buyer = await Shop.CustomerAsync();
        var order = await buyer.OrderAsync(await ProductAsync());

        (await Admin.DeleteAsync($"/orders/{order.Id}")).ShouldBe(200).Text("cancel_reason").ShouldBe("admin");
    }

    [Test]
    public async Task Somebody_elses_order_is_not_found()
    {
        var buyer = await Shop.CustomerAsync();
        var order = await buyer.OrderAsync(await ProductAsync());

        (await (await Shop.CustomerAsync()).DeleteAsync($"/orders/{order.Id}")).ShouldBeProblem(404, "order_not_found");
        (await Shop.Anonymous().DeleteAsync($"/orders/{order.Id}")).ShouldBeProblem(401, "unauthenticated");
        (await Admin.DeleteAsync("/orders/999999999")).ShouldBeProblem(404, "order_not_found");
    }

    [Test]
    public async Task A_stale_version_is_412()
    {
        var buyer = await Shop.CustomerAsync();
        var order = await buyer.OrderAsync(await ProductAsync());
        (await buyer.PutAsync($"/orders/{order.Id}", new { status = "placed" })).ShouldBe(200);

        (await buyer.DeleteAsync($"/orders/{order.Id}", ("If-Match", order.ETag))).ShouldBeProblem(412, "precondition_failed");
        (await buyer.DeleteAsync($"/orders/{order.Id}", ("If-Match", "*"))).ShouldBe(200);
    }

    [Test]
    public async Task Cancelled_many_times_at_once_it_gives_stock_back_once()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync(stock: 9);
        var order = await buyer.OrderAsync(product, 4, "placed");

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => buyer.DeleteAsync($"/orders/{order.Id}")));

        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        answers.Where(answer => answer.Status != 200).ShouldAllBe(answer => answer.Code == "illegal_status_change");
        (await Shop.StockAsync(product)).ShouldBe(9);
        await Shop.ShouldBalanceAsync();
    }

    [Test]
    public async Task More_stock_than_a_product_can_have_is_refused()
    {
        var product = await ProductAsync(stock: 1_000_000_000);
        var order = await Admin.OrderAsync(product, 5, "placed");
        (await Admin.PatchAsync($"/products/{product}", new { stock = 1_000_000_000 })).ShouldBe(200);

        (await Admin.DeleteAsync($"/orders/{order.Id}")).ShouldBeProblem(409, "stock_full");
        await Shop.ShouldBalanceAsync();
    }
}
