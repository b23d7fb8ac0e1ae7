using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Coupons;

/// <summary>Coupons used by many at once on real connections: as often as they allow, and nobody is answered with a failure of ours.</summary>
public sealed class CouponRaceTests : CouponTest
{
    private const int Buyers = 24;
    private const int AtOnce = 12;

    [Test]
    public async Task Of_24_buyers_with_a_one_use_coupon_exactly_one_gets_it()
    {
        var buyers = await Task.WhenAll(Enumerable.Range(0, Buyers).Select(_ => Shop.CustomerAsync()));
        var products = await Task.WhenAll(Enumerable.Range(0, Buyers).Select(_ => ProductAsync(price: 10m, stock: 1_000)));
        for (var round = 0; round < Rounds.Of(3); round++)
        {
            var coupon = await CouponAsync(percent: 20, maxUses: 1);
            await Task.WhenAll(buyers.Zip(products, (buyer, product) => buyer.PutInCartAsync(product)));

            var answers = await Task.WhenAll(buyers.Select(buyer => CheckOutAsync(buyer, coupon.Text("code"), expectedTotal: 8m)));

            var won = answers.Single(answer => answer.Status == 201);
            answers.Where(answer => answer != won).ShouldAllBe(answer => answer.Status == 409 && answer.Code == "coupon_not_valid");
            (await UsedAsync(coupon)).ShouldBe(1);
            var winner = buyers[Array.IndexOf(answers, won)];
            (await winner.GetAsync($"/orders/{won.Id}")).Body.ShouldBe(won.Body);
            (won.Amount("discount"), won.Text("status"), won.Text("coupon")).ShouldBe((2m, "placed", coupon.Text("code")));
            await ShouldPassTheAuditAsync();
            await Task.WhenAll(buyers.Select(buyer => buyer.DeleteAsync("/cart_items")));
        }
    }

    [Test]
    public async Task One_user_with_12_orders_at_once_uses_a_one_per_user_coupon_once()
    {
        var buyer = await Shop.CustomerAsync();
        var products = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => ProductAsync(stock: 1_000)));
        for (var round = 0; round < Rounds.Of(3); round++)
        {
            var coupon = await CouponAsync(maxUsesPerUser: 1);
            var orders = await Task.WhenAll(products.Select(async product => (await buyer.OrderAsync(product)).Id));

            var answers = await Task.WhenAll(orders.Select(order => CheckOutAsync(buyer, order, coupon.Text("code"))));

            answers.Count(answer => answer.Status == 200).ShouldBe(1);
            answers.Where(answer => answer.Status != 200).ShouldAllBe(answer => answer.Status == 409 && answer.Code == "coupon_not_valid");
            (await UsedAsync(coupon)).ShouldBe(1);
            await ShouldPassTheAuditAsync();
        }
    }

    [Test]
    public async Task One_user_whose_cart_and_orders_are_checked_out_at_once_uses_it_once()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync(stock: 10_000);
        for (var round = 0; round < Rounds.Of(3); round++)
        {
            var coupon = await CouponAsync(maxUsesPerUser: 1);
            await buyer.PutInCartAsync(product);
            var orders = await Task.WhenAll(Enumerable.Range(0, AtOnce / 2).Select(async _ => (await buyer.OrderAsync(product)).Id));

            var answers = await Task.WhenAll(
                Enumerable.Range(0, AtOnce / 2).Select(_ => CheckOutAsync(buyer, coupon.Text("code")))
                    .Concat(orders.Select(order => CheckOutAsync(buyer, order, coupon.Text("code")))));

            answers.Count(answer => answer.Status is 200 or 201).ShouldBe(1);
            answers.Where(answer => answer.Status is not (200 or 201))
                .ShouldAllBe(answer => answer.Status == 409 && (answer.Code == "coupon_not_valid" || answer.Code == "cart_empty"));
            (await UsedAsync(coupon)).ShouldBe(1);
            await ShouldPassTheAuditAsync();
            await buyer.DeleteAsync("/cart_items");
        }
    }

    [Test]
    public async Task Used_and_given_back_by_many_at_once_the_count_stays_right()
    {
        const int Limit = 5;
        var buyers = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Shop.CustomerAsync()));
        var products = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => ProductAsync(stock: 100_000)));
        for (var round = 0; round < Rounds.Of(2); round++)
        {
            var coupon = await CouponAsync(maxUses: Limit, maxUsesPerUser: 2);

            async Task<IReadOnlyList<Answer>> BuyAsync(Actor buyer, int i)
            {
                var items = products.Skip(i % 2).Reverse().Select(product => new { product_id = product, quantity = 1 });
                var order = (await buyer.PostAsync("/orders", new { items })).ShouldBe(201);
                var placed = await CheckOutAsync(buyer, order.Id, coupon.Text("code"));
                return placed.Status != 200 ? [placed] :
                [
                    placed,
                    .. await Task.WhenAll(
                        buyer.DeleteAsync($"/orders/{order.Id}"),
                        i % 3 == 0 ? Admin.PutAsync($"/orders/{order.Id}", new { status = "paid" }) : buyer.DeleteAsync($"/orders/{order.Id}")),
                ];
            }

            var answers = (await Task.WhenAll(buyers.Concat(buyers).Select(BuyAsync))).SelectMany(each => each).ToList();

            answers.ShouldAllBe(answer => answer.Status < 500);
            answers.Count(answer => answer.Status == 200).ShouldBeGreaterThan(0);
            (await UsedAsync(coupon)).ShouldBeInRange(0, Limit);
            await ShouldPassTheAuditAsync();
        }

        (await Shop.ScalarAsync<long>("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")).ShouldBe(0, "no retry was needed");
        await Shop.ShouldBalanceAsync();
    }
}
