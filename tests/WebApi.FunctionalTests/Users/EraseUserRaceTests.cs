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
        await using var other = new NpgsqlConnection(Shop.ConnectionString);
        await other.OpenAsync();
        await using var holding = await other.BeginTransactionAsync();
        await using var hold = new NpgsqlCommand($"SELECT FROM products WHERE id = {product} FOR UPDATE", other, holding);
        await hold.ExecuteNonQueryAsync();
        var order = user.PostAsync("/orders", new { product_id = product, quantity = 1, status = "placed", shipping_address = Buying.Address() });
        await UntilWaitingAsync(1, order);
        var erasure = user.DeleteAsync($"/users/{user.UserId}");
        await UntilWaitingAsync(2, erasure);

        await holding.RollbackAsync();

        (await order).ShouldBe(201);
        (await erasure).ShouldBe(200);
        (await Shop.ScalarAsync<long>($"SELECT count(*) FROM orders WHERE user_id = {user.UserId} AND shipping_name IS NOT NULL")).ShouldBe(0);
    }

    private async Task UntilWaitingAsync(int requests, Task request)
    {
        while (await Shop.ScalarAsync<long>("SELECT count(DISTINCT pid) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND datname = current_database()") < requests)
        {
            request.IsCompleted.ShouldBeFalse();
        }
    }
}
