using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Payments;

/// <summary>Whatever breaks while money is given back, it goes back once or stays in the books as it is.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class UnfinishedRefundTests
{
    [TestCase("before")]
    [TestCase("after")]
    public async Task A_crash_while_cancelling_gives_back_once(string when)
    {
        await using var shop = await FaultyShop.StartAsync();
        var order = await BuyAsync(shop);
        var faults = when == "before" ? shop.Gateway.Before : shop.Gateway.After;
        faults["refund"] = FaultyShop.Crash;
        (await shop.Buyer.DeleteAsync($"/orders/{order}")).ShouldBe(500);
        (await shop.Server.StatusAsync(order)).ShouldBe("cancelled");
        faults.Clear();

        await shop.SweepLaterAsync();

        await shop.ShouldStandAsync(order, "cancelled", "captured", 0);
        (await RefundsAsync(shop, order)).ShouldBe("succeeded");
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_cancellation_is_200_whatever_the_provider_says_and_it_is_asked_until_it_pays(bool refuses)
    {
        await using var shop = await FaultyShop.StartAsync();
        var order = await BuyAsync(shop);
        shop.Gateway.Before["refund"] = refuses ? FaultyShop.Refused : FaultyShop.Unknown;

        (await shop.Buyer.DeleteAsync($"/orders/{order}")).ShouldBe(200).Text("status").ShouldBe("cancelled");

        for (var i = 0; i < 3; i++)
        {
            await shop.SweepLaterAsync();
            (await RefundsAsync(shop, order)).ShouldBe("pending");
        }

        shop.Gateway.Before.Clear();
        await shop.SweepLaterAsync();
        await shop.ShouldStandAsync(order, "cancelled", "captured", 0);
        (await RefundsAsync(shop, order)).ShouldBe("succeeded");
    }

    [Test]
    public async Task A_refund_that_the_provider_refuses_is_503_and_can_be_asked_for_again()
    {
        await using var shop = await FaultyShop.StartAsync();
        var (order, key) = (await BuyAsync(shop), Paying.NewKey());
        shop.Gateway.Before["refund"] = FaultyShop.Refused;

        (await RefundAsync(shop, order, key)).ShouldBeProblem(503, "payment_provider_unavailable");
        await shop.ShouldStandAsync(order, "paid", "captured", 20);
        (await shop.Server.ScalarAsync<long>("SELECT count(*) FROM outbox WHERE aggregate_type = 'refund'")).ShouldBe(0);
        shop.Gateway.Before.Clear();

        (await RefundAsync(shop, order, key)).ShouldBe(201).Text("status").ShouldBe("succeeded");
        (await RefundsAsync(shop, order)).ShouldBe("failed succeeded");
        await shop.ShouldStandAsync(order, "refunded", "captured", 0);
    }

    [Test]
    public async Task After_a_crash_the_same_key_gives_back_no_second_time()
    {
        await using var shop = await FaultyShop.StartAsync();
        var (order, key) = (await BuyAsync(shop), Paying.NewKey());
        shop.Gateway.After["refund"] = FaultyShop.Crash;
        (await RefundAsync(shop, order, key)).ShouldBe(500);
        shop.Gateway.After.Clear();
        shop.Clock.Advance(TimeSpan.FromSeconds(31));

        (await RefundAsync(shop, order, key)).ShouldBe(201).Text("status").ShouldBe("succeeded");

        (await RefundsAsync(shop, order)).ShouldBe("succeeded");
        await shop.ShouldStandAsync(order, "refunded", "captured", 0);
    }

    private static async Task<long> BuyAsync(FaultyShop shop)
    {
        var order = await shop.PlaceAsync();
        (await shop.Buyer.PayAsync(order)).ShouldBe(201);
        return order;
    }

    private static Task<Answer> RefundAsync(FaultyShop shop, long order, string key) =>
        shop.Buyer.PostAsync($"/orders/{order}/refunds", """{"reason":"x"}""", ("Idempotency-Key", key));

    private static Task<string> RefundsAsync(FaultyShop shop, long order) =>
        shop.Server.ScalarAsync<string>($"SELECT string_agg(status, ' ' ORDER BY id) FROM refunds WHERE order_id = {order}");
}
