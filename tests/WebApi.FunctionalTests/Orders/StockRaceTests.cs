using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Orders;

/// <summary>The hard cases of selling what there is, each sent at one moment.</summary>
public sealed class StockRaceTests : ShopTest
{
    [Test]
    public async Task Of_100_carts_with_the_last_unit_one_is_checked_out()
    {
        var buyers = await CustomersAsync(100);
        for (var round = 0; round < Rounds.Of(1); round++)
        {
            var product = await ProductAsync(stock: 1);
            await Task.WhenAll(buyers.Select(buyer => buyer.PutInCartAsync(product)));

            var answers = await AtOnce.AllAsync(buyers.Select(CheckOut));

            answers.Count(answer => answer.Status == 201).ShouldBe(1);
            foreach (var refused in answers.Where(answer => answer.Status != 201))
            {
                refused.ShouldBeProblem(409, "insufficient_stock").List("products")[0].GetProperty("available").GetInt32().ShouldBe(0);
            }

            await Task.WhenAll(buyers.Select(buyer => buyer.DeleteAsync("/cart_items")));
        }

        await Shop.ShouldBalanceAsync();
    }

    [Test]
    public async Task Random_quantities_are_sold_to_the_last_unit_that_fits()
    {
        var chance = new Random(4);
        var buyers = await CustomersAsync(30);
        for (var round = 0; round < Rounds.Of(2); round++)
        {
            var product = await ProductAsync(stock: 10);
            var wanted = buyers.ToDictionary(buyer => buyer, _ => chance.Next(1, 4));
            await Task.WhenAll(buyers.Select(buyer => buyer.PutInCartAsync(product, wanted[buyer])));

            var answers = await AtOnce.AllAsync(buyers.Select(CheckOut));

            var sold = buyers.Zip(answers).Where(each => each.Second.Status == 201).Sum(each => wanted[each.First]);
            var left = await Shop.StockAsync(product);
            (sold + left).ShouldBe(10);
            buyers.Zip(answers).Where(each => each.Second.Status != 201).ShouldAllBe(each => each.Second.Code == "insufficient_stock" && wanted[each.First] > left);
            await Task.WhenAll(buyers.Select(buyer => buyer.DeleteAsync("/cart_items")));
        }

        await Shop.ShouldBalanceAsync();
    }

    [Test]
    public async Task Two_lines_of_one_product_take_their_sum_or_nothing()
    {
        var product = await ProductAsync(stock: 1);
        object[] items = [new { product_id = product, quantity = 1 }, new { product_id = product, quantity = 1 }];

        (await Admin.PostAsync("/orders", new { items, status = "placed" })).ShouldBeProblem(409, "insufficient_stock");

        (await Shop.StockAsync(product)).ShouldBe(1);
    }

    [Test]
    public async Task Stock_that_an_admin_empties_while_20_check_out_never_goes_below_zero()
    {
        var buyers = await CustomersAsync(20);
        for (var round = 0; round < Rounds.Of(2); round++)
        {
            var product = await ProductAsync(stock: 10);
            var stale = (await Admin.GetAsync($"/products/{product}")).ETag;
            await buyers[0].OrderAsync(product, 1, "placed");
            await Task.WhenAll(buyers.Select(buyer => buyer.PutInCartAsync(product)));

            var answers = await AtOnce.AllAsync(
            [
                .. buyers.Select(CheckOut),
                () => Admin.PatchAsync($"/products/{product}", new { stock = 0 }),
                () => Admin.PatchAsync($"/products/{product}", new { stock = 50 }, ("If-Match", stale)),
            ]);

            answers[^1].ShouldBeProblem(412, "precondition_failed");
            answers[^2].ShouldBe(200);
            answers.Take(20).ShouldAllBe(answer => answer.Status == 201 || (answer.Status == 409 && answer.Code == "insufficient_stock"));
            answers.Count(answer => answer.Status == 201).ShouldBeLessThanOrEqualTo(9);
            (await Shop.StockAsync(product)).ShouldBe(0);
            await Task.WhenAll(buyers.Select(buyer => buyer.DeleteAsync("/cart_items")));
        }

        await Shop.ShouldBalanceAsync();
    }

    [Test]
    public async Task A_product_added_while_the_order_is_placed_is_in_its_total_or_refused()
    {
        var product = await ProductAsync(price: 10m, stock: 1_000);
        var buyer = await Shop.CustomerAsync();
        for (var round = 0; round < Rounds.Of(4); round++)
        {
            var id = (await buyer.OrderAsync(product)).Id;

            var answers = await AtOnce.AllAsync(
            [
                .. Enumerable.Range(0, 6).Select<int, Func<Task<Answer>>>(_ => () => buyer.PostAsync($"/orders/{id}/products", new { product_id = product })),
                () => buyer.PutAsync($"/orders/{id}", new { status = "placed" }),
            ]);

            answers[^1].ShouldBe(200);
            answers.Take(6).Where(answer => answer.Status != 200).ShouldAllBe(answer => answer.Status == 409 && answer.Code == "order_not_active");
            var added = answers.Take(6).Count(answer => answer.Status == 200);
            (await buyer.GetAsync($"/orders/{id}")).Amount("total").ShouldBe(10m * (1 + added));
        }

        await Shop.ShouldBalanceAsync();
    }

    private async Task<Actor[]> CustomersAsync(int count)
    {
        var customers = new List<Actor>();
        foreach (var batch in Enumerable.Range(0, count).Chunk(10))
        {
            customers.AddRange(await Task.WhenAll(batch.Select(_ => Shop.CustomerAsync())));
        }

        return [.. customers];
    }

    private static Func<Task<Answer>> CheckOut(Actor buyer) => () => buyer.PostAsync("/cart/checkout", new { shipping_address = Buying.Address() });
}
