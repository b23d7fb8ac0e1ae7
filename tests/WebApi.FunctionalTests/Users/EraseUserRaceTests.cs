using Npgsql;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Users;

[PostgreSqlOnly("it looks at who waits for a lock")]
public sealed class EraseUserRaceTests : ShopTest
{
    [Test]
    public async Task An_order_under_way_is_found_by_the_erasure_that_comes_after_it()
    {
        var user = await Shop.CustomerAsync();
        var product = await ProductAsync();
        await using var holding = await HoldAsync($"SELECT FROM products WHERE id = {product} FOR UPDATE");
        var order = user.PostAsync("/orders", new { product_id = product, quantity = 1, status = "placed", shipping_address = Buying.Address() });
        await UntilWaitingAsync(1, order);
        var erasure = user.DeleteAsync($"/users/{user.UserId}");
        await UntilWaitingAsync(2, erasure);

        await holding.DisposeAsync();

        (await order).ShouldBe(201);
        (await erasure).ShouldBe(200);
        (await Shop.ScalarAsync<long>($"SELECT count(*) FROM orders WHERE user_id = {user.UserId} AND shipping_name IS NOT NULL")).ShouldBe(0);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_line_that_is_put_into_a_cart_is_found_by_the_erasure_that_comes_after_it(bool isOpen)
    {
        var (user, product) = (await BuyerAsync(isOpen), await ProductAsync());
        await using var holding = await HoldAsync($"SELECT FROM products WHERE id = {product} FOR UPDATE");
        var put = user.PostAsync("/cart_items", new { product_id = product });
        await UntilWaitingAsync(1, put);
        var erasure = user.DeleteAsync($"/users/{user.UserId}");
        await UntilWaitingAsync(2, erasure);

        await holding.DisposeAsync();

        (await put).ShouldBe(201);
        (await erasure).ShouldBe(200);
        (await CartsOfAsync(user)).ShouldBe(0);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Who_is_being_erased_puts_nothing_into_a_cart_any_more(bool isOpen)
    {
        var (user, product) = (await BuyerAsync(isOpen), await ProductAsync());
        (await user.PostAsync($"/users/{user.UserId}/addresses", Buying.Address())).ShouldBe(201);
        await using var holding = await HoldAsync("SELECT FROM user_addresses FOR UPDATE");
        var erasure = user.DeleteAsync($"/users/{user.UserId}");
        await UntilWaitingAsync(1, erasure);
        var put = user.PostAsync("/cart_items", new { product_id = product });
        await UntilWaitingAsync(2, put);

        await holding.DisposeAsync();

        (await erasure).ShouldBe(200);
        (await put).ShouldBe(401);
        (await CartsOfAsync(user)).ShouldBe(0);
    }

    private async Task<Actor> BuyerAsync(bool hasCart)
    {
        var user = await Shop.CustomerAsync();
        if (hasCart)
        {
            (await user.PostAsync("/cart_items", new { product_id = await ProductAsync() })).ShouldBe(201);
        }

        return user;
    }

    /// <summary>Lines have no cart but one that is there.</summary>
    private Task<long> CartsOfAsync(Actor user) => Shop.ScalarAsync<long>($"SELECT count(*) FROM carts WHERE user_id = {user.UserId}");

    /// <summary>Somebody else's rows, until it is disposed of.</summary>
    private async Task<NpgsqlConnection> HoldAsync(string rows)
    {
        var other = new NpgsqlConnection(Shop.ConnectionString);
        await other.OpenAsync();
        await using var hold = new NpgsqlCommand($"BEGIN; {rows}", other);
        await hold.ExecuteNonQueryAsync();
        return other;
    }

    private async Task UntilWaitingAsync(int requests, Task request)
    {
        while (await Shop.ScalarAsync<long>("SELECT count(DISTINCT pid) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND datname = current_database()") < requests)
        {
            request.IsCompleted.ShouldBeFalse();
        }
    }
}
