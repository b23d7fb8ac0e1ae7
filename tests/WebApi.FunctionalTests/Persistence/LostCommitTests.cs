using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shop.Domain.Orders;
using Shop.Infrastructure.Persistence.PostgreSql;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Persistence;

/// <summary>The server has committed, but its answer is lost on the way.</summary>
[PostgreSqlOnly("it loses the answers of its connections")]
public sealed class LostCommitTests : ShopTest
{
    [Test]
    public async Task Without_a_key_nothing_is_done_twice_and_the_caller_is_told_to_look()
    {
        var (shop, answers) = await StartAsync();
        await using (shop)
        {
            var buyer = await shop.CustomerAsync();
            var product = (await buyer.PostAsync("/products", new { name = "Thing", price = 10, stock = 100 })).ShouldBe(201).Id;
            answers.ToLose = 1;

            (await buyer.PostAsync("/orders", new { product_id = product, quantity = 1, status = "placed" })).ShouldBeProblem(503, "outcome_unknown");

            (await shop.ScalarAsync<long>("SELECT count(*) FROM orders")).ShouldBe(1);
            (await shop.ScalarAsync<int>($"SELECT stock FROM products WHERE id = {product}")).ShouldBe(99);
        }
    }

    [Test]
    public async Task With_a_key_the_whole_is_repeated_and_finds_that_it_was_done()
    {
        var (shop, answers) = await StartAsync();
        await using (shop)
        {
            var buyer = await shop.CustomerAsync();
            var product = (await buyer.PostAsync("/products", new { name = "Thing", price = 10, stock = 100 })).ShouldBe(201).Id;
            answers.ToLose = 1;

            (await buyer.PostAsync("/orders", new { product_id = product, quantity = 1, status = "placed" }, ("Idempotency-Key", "lost"))).ShouldBe(201);

            (await shop.ScalarAsync<long>("SELECT count(*) FROM orders")).ShouldBe(1);
        }
    }

    private static async Task<(ShopServer Shop, LostAnswers Answers)> StartAsync()
    {
        var answers = new LostAnswers();
        return (
            await ShopServer.StartAsync(services: services =>
                services.ConfigureDbContext<PostgreSqlShopDbContext>(options => options.AddInterceptors(answers))),
            answers);
    }

    private sealed class LostAnswers : DbTransactionInterceptor
    {
        public int ToLose { get; set; }

        public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
            eventData.IsOf<Order>() && ToLose > 0 && ToLose-- > 0
                ? throw new NpgsqlException("The connection is lost.", new TimeoutException())
                : Task.CompletedTask;
    }
}
