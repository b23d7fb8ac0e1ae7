using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Orders;

public sealed class CheckOutOrderTests : ShopTest
{
    [Test]
    public async Task An_active_order_is_placed_on_the_buyers_terms()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync(price: 10m, stock: 5);
        var id = (await buyer.OrderAsync(product, 3)).Id;

        var placed = (await CheckOutAsync(buyer, id, expectedTotal: 30)).ShouldBe(200);

        placed.Id.ShouldBe(id);
        placed.Text("status").ShouldBe("placed");
        placed["shipping_address"].GetProperty("country").GetString().ShouldBe("DE");
        (await Shop.StockAsync(product)).ShouldBe(2);
        await Shop.ShouldBalanceAsync();
    }

    [Test]
    public async Task What_it_answers_is_what_can_be_read_afterwards_to_the_byte()
    {
        var buyer = await Shop.CustomerAsync();
        var id = (await buyer.OrderAsync(await ProductAsync(price: 12.5m), 2)).Id;
        (await buyer.PostAsync($"/orders/{id}/products", new { product_id = await ProductAsync(price: 7m) })).ShouldBe(200);

        var placed = (await CheckOutAsync(buyer, id)).ShouldBe(200);

        var read = (await buyer.GetAsync($"/orders/{id}")).ShouldBe(200);
        (read.Body, read.ETag).ShouldBe((placed.Body, placed.ETag));
    }

    [Test]
    public async Task Another_total_than_expected_is_refused_and_nothing_changes()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync(price: 10m, stock: 5);
        var id = (await buyer.OrderAsync(product, 3)).Id;

        (await CheckOutAsync(buyer, id, expectedTotal: 29.99m)).ShouldBeProblem(409, "cart_changed").Amount("total").ShouldBe(30m);

        (await buyer.GetAsync($"/orders/{id}")).Text("status").ShouldBe("active");
        (await Shop.StockAsync(product)).ShouldBe(5);
    }

    [Test]
    public async Task What_can_not_be_placed_is_refused()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync(stock: 2);
        var id = (await buyer.OrderAsync(product, 3)).Id;

        (await CheckOutAsync(buyer, id)).ShouldBeProblem(409, "insufficient_stock");
        (await buyer.PostAsync($"/orders/{id}/checkout", new { shipping_address = Buying.Address(), coupon = "X" })).ShouldBeProblem(409, "coupon_not_valid");
        (await buyer.PostAsync($"/orders/{id}/checkout", "{}")).ShouldBeProblem(400, "validation_failed", "shipping_address");
        (await buyer.DeleteAsync($"/orders/{id}/products/{product}")).ShouldBe(200);
        (await CheckOutAsync(buyer, id)).ShouldBeProblem(409, "order_empty");
        (await buyer.DeleteAsync($"/orders/{id}")).ShouldBe(200);
        (await CheckOutAsync(buyer, id)).ShouldBeProblem(409, "illegal_status_change");
    }

    [Test]
    public async Task Somebody_elses_order_is_not_found()
    {
        var id = (await Admin.OrderAsync(await ProductAsync())).Id;

        (await CheckOutAsync(await Shop.CustomerAsync(), id)).ShouldBeProblem(404, "order_not_found");
        (await CheckOutAsync(Shop.Anonymous(), id)).ShouldBeProblem(401, "unauthenticated");
    }

    [Test]
    public async Task Checked_out_many_times_at_once_it_is_placed_once()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync(stock: 9);
        var id = (await buyer.OrderAsync(product, 2)).Id;

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => CheckOutAsync(buyer, id)));

        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        answers.Where(answer => answer.Status != 200).ShouldAllBe(answer => answer.Code == "illegal_status_change");
        (await Shop.StockAsync(product)).ShouldBe(7);
        await Shop.ShouldBalanceAsync();
    }

    private static Task<Answer> CheckOutAsync(Actor buyer, long id, decimal? expectedTotal = null) =>
        buyer.PostAsync($"/orders/{id}/checkout", new { shipping_address = Buying.Address(), expected_total = expectedTotal });
}
