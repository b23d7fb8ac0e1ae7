using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Orders;

/// <summary>Many buyers at once on real connections: what is there is sold once, and nobody is answered with a failure of ours.</summary>
public sealed class OversellingTests : ShopTest
{
    [Test]
    public async Task Of_24_buyers_of_5_units_exactly_5_get_one()
    {
        var buyers = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => Shop.CustomerAsync()));
        for (var round = 0; round < 3; round++)
        {
            var product = await ProductAsync(stock: 5);
            await Task.WhenAll(buyers.Select(buyer => buyer.PutInCartAsync(product)));

            var answers = await Task.WhenAll(buyers.Select(buyer => buyer.PostAsync("/cart/checkout", new { shipping_address = Buying.Address() })));

            answers.Count(answer => answer.Status == 201).ShouldBe(5);
            answers.Where(answer => answer.Status != 201).ShouldAllBe(answer => answer.Status == 409 && answer.Code == "insufficient_stock");
            (await Shop.StockAsync(product)).ShouldBe(0);
            await Task.WhenAll(buyers.Select(buyer => buyer.DeleteAsync("/cart_items")));
        }

        await Shop.ShouldBalanceAsync();
    }

    [Test]
    public async Task Orders_that_cross_each_other_all_go_through()
    {
        var (a, b) = (await ProductAsync(stock: 1_000), await ProductAsync(stock: 1_000));

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i =>
        {
            long[] products = i % 2 == 0 ? [a, b] : [b, a];
            return Admin.PostAsync("/orders", new { status = "placed", items = products.Select(product => new { product_id = product, quantity = 2 }) });
        }));

        answers.ShouldAllBe(answer => answer.Status == 201);
        (await Shop.StockAsync(a)).ShouldBe(920);
        (await Shop.StockAsync(b)).ShouldBe(920);
        (await Shop.ScalarAsync<long>("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")).ShouldBe(0, "no retry was needed");
        await Shop.ShouldBalanceAsync();
    }

    [Test]
    public async Task Placing_paying_cancelling_and_recounting_at_once_leave_books_that_balance()
    {
        var products = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => ProductAsync(stock: 40)));

        async Task<IReadOnlyList<Answer>> BuyAsync(int i)
        {
            var items = products.Skip(i % 2).Reverse().Select(product => new { product_id = product, quantity = 1 + (i % 3) });
            var made = await Admin.PostAsync("/orders", new { status = "placed", items });
            if (made.Status != 201)
            {
                return [made];
            }

            var ends = await Task.WhenAll(
                Admin.PutAsync($"/orders/{made.Id}", new { status = "paid" }),
                i % 2 == 0 ? Admin.DeleteAsync($"/orders/{made.Id}") : Admin.PutAsync($"/orders/{made.Id}", new { status = "refunded" }));
            return [made, .. ends];
        }

        var buying = Enumerable.Range(0, 20).Select(BuyAsync).ToArray();
        var counting = Enumerable.Range(0, 6).Select(i => Admin.PatchAsync($"/products/{products[i % 3]}", new { stock = 40 })).ToArray();
        var answers = (await Task.WhenAll(buying)).SelectMany(each => each).Concat(await Task.WhenAll(counting)).ToList();

        answers.ShouldAllBe(answer => answer.Status < 500);
        foreach (var product in products)
        {
            (await Shop.UnitsSoldAsync(product)).ShouldBe(await Shop.ScalarAsync<long>(
                $"SELECT coalesce(sum(i.quantity), 0) FROM order_items i JOIN orders o ON o.id = i.order_id WHERE i.product_id = {product} AND o.status IN ('paid', 'shipped', 'delivered')"));
        }

        await Shop.ShouldBalanceAsync();
    }
}
