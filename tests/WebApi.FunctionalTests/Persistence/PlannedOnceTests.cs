using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shop.Application.Abstractions;
using Shop.Domain.Carts;
using Shop.Domain.Common;
using Shop.Domain.Orders;
using Shop.Infrastructure.Persistence;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Persistence;

/// <summary>What is read with a lock is planned once for a connection, and nothing else of its transaction.</summary>
[PostgreSqlOnly("it plans the first runs of a statement anew, and then those for which that seems cheaper")]
public sealed class PlannedOnceTests : ShopTest
{
    private const int Runs = 12; // the driver prepares a statement at its fifth

    [Test]
    public async Task An_order()
    {
        var buyer = await Shop.CustomerAsync();
        var order = (await buyer.PostAsync("/orders", new { product_id = await ProductAsync() })).ShouldBe(201).Id;

        await ShouldBePlannedOnceAsync(OrderSpecs.OwnedBy(order, buyer.UserId), "order_items");
    }

    [Test]
    public async Task A_cart()
    {
        var buyer = await Shop.CustomerAsync();
        (await buyer.PostAsync("/cart_items", new { product_id = await ProductAsync() })).ShouldBe(201);

        await ShouldBePlannedOnceAsync(CartSpecs.Of(CartHolder.User(buyer.UserId)), "cart_items");
    }

    private async Task ShouldBePlannedOnceAsync<T>(ISpecification<T> specification, string joined)
        where T : class
    {
        await using var scope = Shop.Services.CreateAsyncScope();
        var (unitOfWork, db) = (scope.ServiceProvider.GetRequiredService<IUnitOfWork>(), scope.ServiceProvider.GetRequiredService<ShopDbContext>());
        await db.Database.OpenConnectionAsync();
        var plansAnew = $"SELECT custom_plans AS \"Value\" FROM pg_prepared_statements WHERE generic_plans > 0 AND statement LIKE '%LEFT JOIN {joined}%'";
        for (var run = 0; run < Runs; run++)
        {
            await unitOfWork.ExecuteAsync<Result>(
                async () =>
                {
                    (await scope.ServiceProvider.GetRequiredService<IRepository<T>>().FindForUpdateAsync(specification, default)).ShouldNotBeNull();
                    (await db.Database.SqlQueryRaw<string>("SELECT current_setting('plan_cache_mode') AS \"Value\"").SingleAsync()).ShouldBe("auto");
                    return Result.Ok;
                },
                default);
        }

        (await db.Database.SqlQueryRaw<long>(plansAnew).ToListAsync()).ShouldBe([0]);
    }
}
