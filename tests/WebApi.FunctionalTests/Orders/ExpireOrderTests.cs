using Npgsql;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Orders;

/// <summary>What becomes of orders that nobody pays.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class ExpireOrderTests
{
    [Test]
    public async Task The_sweep_ends_it_and_its_stock_is_free_again()
    {
        await using var shop = await ExpiringShop.StartAsync();
        var product = await shop.ProductAsync(stock: 5);
        var order = await shop.Admin.OrderAsync(product, 2, "placed");
        shop.Clock.Advance(TimeSpan.FromMinutes(9));
        await shop.SweepAsync();
        (await shop.Admin.GetAsync($"/orders/{order.Id}")).Text("status").ShouldBe("placed");

        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await shop.SweepAsync();

        var ended = (await shop.Admin.GetAsync($"/orders/{order.Id}")).ShouldBe(200);
        ended.Text("status").ShouldBe("cancelled");
        ended.Text("cancel_reason").ShouldBe("expired");
        (await shop.Server.StockAsync(product)).ShouldBe(5);
        var last = (await shop.Admin.GetAsync($"/orders/{order.Id}/history")).Json[0];
        last.GetProperty("change").GetString().ShouldBe("cancelled");
        last.GetProperty("detail").GetString().ShouldBe("expired");
        last.GetProperty("user_id").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        await shop.ShouldPassAuditAsync();
    }

    [Test]
    public async Task Who_looks_at_it_soon_sees_it_end_by_itself()
    {
        await using var shop = await ExpiringShop.StartAsync(sweeps: true);
        var order = await shop.Admin.OrderAsync(await shop.ProductAsync(stock: 5), 2, "placed");
        shop.LetTimePass();

        await UntilAsync(async () => (await shop.Admin.GetAsync($"/orders/{order.Id}")).Text("status") == "cancelled");
    }

    [TestCase("active")]
    [TestCase("paid")]
    public async Task Only_what_is_placed_and_not_paid_ends(string status)
    {
        await using var shop = await ExpiringShop.StartAsync();
        var order = await shop.Admin.OrderAsync(await shop.ProductAsync(stock: 5), 2, status == "paid" ? "placed" : status);
        if (status == "paid")
        {
            (await shop.Admin.PutAsync($"/orders/{order.Id}", new { status })).ShouldBe(200);
        }

        shop.LetTimePass();
        await shop.SweepAsync();

        (await shop.Admin.GetAsync($"/orders/{order.Id}")).Text("status").ShouldBe(status);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Too_late_it_is_neither_paid_nor_changed_whether_the_sweep_was_there_or_not(bool swept)
    {
        await using var shop = await ExpiringShop.StartAsync();
        var product = await shop.ProductAsync(stock: 5);
        var path = $"/orders/{(await shop.Admin.OrderAsync(product, 2, "placed")).Id}";
        shop.LetTimePass();
        if (swept)
        {
            await shop.SweepAsync();
        }

        foreach (var body in (object[])[new { status = "paid" }, new { status = "cancelled" }, new { status = "shipped" }, new { shipping_address = Buying.Address() }])
        {
            (await shop.Admin.PutAsync(path, body)).ShouldBeProblem(409, "order_expired");
        }

        (await shop.Admin.DeleteAsync(path)).ShouldBeProblem(409, "order_expired");
        (await shop.Admin.PostAsync($"{path}/checkout", new { shipping_address = Buying.Address() })).ShouldBeProblem(409, "order_expired");
        (await shop.Admin.PostAsync($"{path}/products", new { product_id = product })).ShouldBeProblem(409, "order_expired");
    }

    [Test]
    public async Task A_hold_blocks_the_last_unit_until_its_time_is_over_and_then_no_longer_though_nothing_swept()
    {
        await using var shop = await ExpiringShop.StartAsync();
        var product = await shop.ProductAsync(stock: 1);
        var (first, second) = (await shop.Server.CustomerAsync(), await shop.Server.CustomerAsync());
        var held = await CheckOutAsync(first, product);
        held.ShouldBe(201);
        (await CheckOutAsync(second, product)).ShouldBeProblem(409, "insufficient_stock");

        shop.LetTimePass();
        var taken = (await CheckOutAsync(second, product)).ShouldBe(201);

        (await first.GetAsync($"/orders/{held.Id}")).Text("cancel_reason").ShouldBe("expired");
        (await first.GetAsync($"/orders/{held.Id}/history")).Json[0].GetProperty("user_id").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await shop.Admin.PutAsync($"/orders/{held.Id}", new { status = "paid" })).ShouldBeProblem(409, "order_expired");
        (await shop.Admin.PutAsync($"/orders/{taken.Id}", new { status = "paid" })).ShouldBe(200);
        await shop.ShouldPassAuditAsync();
    }

    [Test]
    public async Task No_more_holds_are_released_than_the_order_needs_and_a_refused_one_releases_none()
    {
        await using var shop = await ExpiringShop.StartAsync();
        var product = await shop.ProductAsync(stock: 4);
        var held = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => shop.Admin.OrderAsync(product, 1, "placed")));
        shop.LetTimePass();

        (await shop.Admin.PostAsync("/orders", new { product_id = product, quantity = 5, status = "placed" })).ShouldBeProblem(409, "insufficient_stock")
            .List("products")[0].GetProperty("available").GetInt32().ShouldBe(4);
        (await StatusesAsync(shop, held)).ShouldAllBe(status => status == "placed");

        await shop.Admin.OrderAsync(product, 2, "placed");
        (await StatusesAsync(shop, held)).Count(status => status == "cancelled").ShouldBe(2);
        await shop.ShouldPassAuditAsync();
    }

    [Test]
    public async Task A_line_that_takes_all_there_is_does_not_hide_what_another_lacks()
    {
        await using var shop = await ExpiringShop.StartAsync();
        var (enough, scarce) = (await shop.ProductAsync(stock: 2), await shop.ProductAsync(stock: 0));
        var held = await shop.Admin.OrderAsync(enough, 1, "placed");
        shop.LetTimePass();

        var refused = (await Place(shop, enough, scarce)()).ShouldBeProblem(409, "insufficient_stock");

        refused.List("products").ShouldHaveSingleItem().GetProperty("product_id").GetInt64().ShouldBe(scarce);
        (await StatusesAsync(shop, [held])).ShouldBe(["placed"]);
    }

    [Test]
    public async Task Of_20_buyers_of_what_10_expired_orders_hold_exactly_10_get_one()
    {
        await using var shop = await ExpiringShop.StartAsync();
        for (var round = 0; round < Rounds.Of(2); round++)
        {
            var product = await shop.ProductAsync(stock: 10);
            var held = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => shop.Admin.OrderAsync(product, 1, "placed")));
            shop.LetTimePass();

            var answers = await AtOnce.AllAsync(Enumerable.Range(0, 20).Select(_ => Place(shop, product)));

            answers.Count(answer => answer.Status == 201).ShouldBe(10);
            answers.Where(answer => answer.Status != 201).ShouldAllBe(answer => answer.Status == 409 && answer.Code == "insufficient_stock");
            (await StatusesAsync(shop, held)).ShouldAllBe(status => status == "cancelled");
            (await shop.Server.StockAsync(product)).ShouldBe(0);
        }

        await shop.ShouldPassAuditAsync();
    }

    [Test]
    public async Task Releasing_crosswise_sweeping_and_buying_at_once_meet_no_deadlock()
    {
        await using var shop = await ExpiringShop.StartAsync();
        for (var round = 0; round < Rounds.Of(2); round++)
        {
            var (a, b) = (await shop.ProductAsync(stock: 12), await shop.ProductAsync(stock: 12));
            await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Place(shop, i % 2 == 0 ? [a, b] : [b, a])()));
            shop.LetTimePass();

            var buying = AtOnce.AllAsync(Enumerable.Range(0, 12).Select(i => Place(shop, i % 2 == 0 ? [b, a] : [a, b])));
            await Task.WhenAll(buying, shop.SweepAsync(), shop.SweepAsync());

            (await buying).ShouldAllBe(answer => answer.Status == 201);
            (await shop.Server.StockAsync(a)).ShouldBe(0);
            (await shop.Server.StockAsync(b)).ShouldBe(0);
        }

        (await shop.Server.ScalarAsync<long>("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")).ShouldBe(0, "no retry was needed");
        await shop.ShouldPassAuditAsync();
    }

    [Test]
    public async Task Paid_at_the_moment_it_expires_it_is_one_of_the_two()
    {
        await using var shop = await ExpiringShop.StartAsync();
        for (var round = 0; round < Rounds.Of(3); round++)
        {
            var product = await shop.ProductAsync(stock: 12);
            var held = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => shop.Admin.OrderAsync(product, 1, "placed")));
            shop.Clock.Advance(TimeSpan.FromMinutes(9));

            var paying = AtOnce.AllAsync(held.Select<Answer, Func<Task<Answer>>>(order => () => shop.Admin.PutAsync($"/orders/{order.Id}", new { status = "paid" })));
            shop.Clock.Advance(TimeSpan.FromMinutes(1));
            await Task.WhenAll(shop.SweepAsync(), Place(shop, product)(), Place(shop, product)());
            var answers = await paying;
            await shop.SweepAsync();

            (await StatusesAsync(shop, held)).ShouldBe(answers.Select(answer => answer.Status == 200 ? "paid" : "cancelled"));
            answers.Where(answer => answer.Status != 200).ShouldAllBe(answer => answer.Code == "order_expired");
        }

        await shop.ShouldPassAuditAsync();
    }

    [Test]
    [PostgreSqlOnly("it looks at who waits for a lock")]
    public async Task Paid_after_the_sweep_and_a_buyer_have_seen_it_expired_it_stays_paid()
    {
        await using var shop = await ExpiringShop.StartAsync();
        var product = await shop.ProductAsync(stock: 1);
        var order = await shop.Admin.OrderAsync(product, 1, "placed");
        shop.LetTimePass();
        await using var connection = new NpgsqlConnection(shop.Server.ConnectionString);
        await connection.OpenAsync();
        await using var payment = await connection.BeginTransactionAsync();
        await ExecuteAsync(connection, $"UPDATE orders SET status = 'paid' WHERE id = {order.Id}");

        var (sweeping, buying) = (shop.SweepAsync(), Place(shop, product)());
        await UntilAsync(async () => await shop.Server.ScalarAsync<long>(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == 2);
        await payment.CommitAsync();
        await sweeping;
        (await buying).ShouldBeProblem(409, "insufficient_stock");

        (await shop.Admin.GetAsync($"/orders/{order.Id}")).Text("status").ShouldBe("paid");
        (await shop.Server.StockAsync(product)).ShouldBe(0);
    }

    [Test]
    public async Task One_that_can_not_be_ended_holds_up_no_other()
    {
        await using var shop = await ExpiringShop.StartAsync();
        var (full, other) = (await shop.ProductAsync(stock: 1_000_000_000), await shop.ProductAsync(stock: 5));
        var stuck = await shop.Admin.OrderAsync(full, 5, "placed");
        var free = await shop.Admin.OrderAsync(other, 5, "placed");
        (await shop.Admin.PatchAsync($"/products/{full}", new { stock = 1_000_000_000 })).ShouldBe(200);
        shop.LetTimePass();

        await shop.SweepAsync();
        (await StatusesAsync(shop, [stuck, free])).ShouldBe(["placed", "cancelled"]);

        (await shop.Admin.PatchAsync($"/products/{full}", new { stock = 1 })).ShouldBe(200);
        await shop.SweepAsync();
        (await StatusesAsync(shop, [stuck])).ShouldBe(["cancelled"]);
        await shop.ShouldPassAuditAsync();
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await holds())
        {
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static Func<Task<Answer>> Place(ExpiringShop shop, params long[] products) => () =>
        shop.Admin.PostAsync("/orders", new { status = "placed", items = products.Select(product => new { product_id = product, quantity = 1 }) });

    private static async Task<Answer> CheckOutAsync(Actor buyer, long product)
    {
        await buyer.DeleteAsync("/cart_items");
        await buyer.PutInCartAsync(product);
        return await buyer.PostAsync("/cart/checkout", new { shipping_address = Buying.Address() });
    }

    private static async Task<IReadOnlyList<string?>> StatusesAsync(ExpiringShop shop, IEnumerable<Answer> orders) =>
        [.. (await Task.WhenAll(orders.Select(order => shop.Admin.GetAsync($"/orders/{order.Id}")))).Select(order => order.Text("status"))];
}
