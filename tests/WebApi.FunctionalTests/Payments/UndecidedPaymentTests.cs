using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Payments;

/// <summary>A payment that its provider does not decide holds nothing up for ever: neither the money, nor the order, nor its stock.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class UndecidedPaymentTests
{
    [Test]
    public async Task Undecided_too_long_it_is_let_go_and_the_order_can_be_paid_in_another_way()
    {
        await using var shop = await FaultyShop.StartAsync();
        var order = await shop.PlaceAsync();
        shop.Gateway.IsUndecided = true;
        (await shop.Buyer.PayAsync(order)).ShouldBe(202);

        for (var i = 0; i < 7; i++)
        {
            await shop.SweepLaterAsync();
            await shop.ShouldStandAsync(order, "placed", "pending", 0);
        }

        await shop.SweepLaterAsync();
        await shop.ShouldStandAsync(order, "placed", "voided", 0);
        (await shop.Server.ScalarAsync<string>($"SELECT status FROM sandbox_payments WHERE order_id = {order}")).ShouldBe("voided");
    }

    [Test]
    public async Task Once_its_order_has_ended_it_is_let_go()
    {
        await using var shop = await FaultyShop.StartAsync();
        var order = await shop.PlaceAsync();
        shop.Gateway.IsUndecided = true;
        (await shop.Buyer.PayAsync(order)).ShouldBe(202);
        (await shop.Buyer.DeleteAsync($"/orders/{order}")).ShouldBe(200);

        shop.Gateway.Before["void"] = FaultyShop.Refused;
        await shop.SweepLaterAsync();
        await shop.ShouldStandAsync(order, "cancelled", "pending", 0);
        shop.Gateway.Before.Clear();
        await shop.SweepLaterAsync();

        await shop.ShouldStandAsync(order, "cancelled", "voided", 0);
        (await shop.Server.ScalarAsync<string>($"SELECT status FROM sandbox_payments WHERE order_id = {order}")).ShouldBe("voided");
    }

    [Test]
    public async Task Begun_in_time_it_keeps_the_order_from_ending_while_nobody_can_tell()
    {
        await using var shop = await FaultyShop.StartAsync();
        var product = await shop.ProductAsync();
        var order = await PayInTheLastSecondAsync(shop, product);
        shop.Clock.Advance(TimeSpan.FromMinutes(1));

        await shop.Server.ExpireAsync();
        (await shop.Buyer.OrderAsync(product, 1)).Id.ShouldBeGreaterThan(0);
        (await shop.Buyer.PostAsync("/orders", new { items = new[] { new { product_id = product, quantity = 5 } }, status = "placed" })).ShouldBeProblem(409, "insufficient_stock");
        await shop.ShouldStandAsync(order, "placed", "pending", 20);
        (await shop.Buyer.PayAsync(order)).ShouldBeProblem(409, "payment_in_progress");
        shop.Gateway.Before.Clear();
        await shop.Server.SweepAsync();

        await shop.ShouldStandAsync(order, "paid", "captured", 20);
        (await shop.Server.StockAsync(product)).ShouldBe(3);
    }

    [Test]
    public async Task Nobody_can_tell_for_too_long_and_the_stock_is_free_and_the_money_goes_back()
    {
        await using var shop = await FaultyShop.StartAsync();
        var product = await shop.ProductAsync();
        var order = await PayInTheLastSecondAsync(shop, product);

        shop.Clock.Advance(TimeSpan.FromMinutes(11));
        await shop.Server.ExpireAsync();
        await shop.ShouldStandAsync(order, "cancelled", "pending", 20);
        (await shop.Server.StockAsync(product)).ShouldBe(5);
        shop.Gateway.Before.Clear();
        await shop.SweepLaterAsync();

        await shop.ShouldStandAsync(order, "cancelled", "captured", 0);
    }

    [Test]
    public async Task Declined_in_the_last_second_the_order_ends_with_its_time()
    {
        await using var shop = await FaultyShop.StartAsync();
        var order = await shop.PlaceAsync();
        shop.Clock.Advance(TimeSpan.FromSeconds((29 * 60) + 50));
        (await shop.Buyer.PayAsync(order, "sandbox_declined")).ShouldBeProblem(402, "payment_declined");
        shop.Clock.Advance(TimeSpan.FromSeconds(20));

        (await shop.Buyer.PayAsync(order)).ShouldBeProblem(409, "order_expired");
        await shop.Server.ExpireAsync();

        await shop.ShouldStandAsync(order, "cancelled", "declined", 0);
    }

    /// <summary>An order of 2 of 5 units that was charged in its last seconds, which nobody heard of.</summary>
    private static async Task<long> PayInTheLastSecondAsync(FaultyShop shop, long product)
    {
        var order = await shop.Buyer.PlaceAsync(product, 2);
        shop.Clock.Advance(TimeSpan.FromSeconds((29 * 60) + 50));
        shop.Gateway.Before["find"] = FaultyShop.Unknown;
        (await shop.Buyer.PayAsync(order, "sandbox_timeout_charged")).ShouldBe(202);
        return order;
    }
}
