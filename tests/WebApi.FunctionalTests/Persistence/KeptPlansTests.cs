using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shop.Application.Abstractions;
using Shop.Domain.Catalog;
using Shop.Domain.Common;
using Shop.Domain.Orders;
using Shop.Infrastructure.Persistence;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Persistence;

/// <summary>Which transactions use plans that are made once for all values.</summary>
[PostgreSqlOnly("it chooses between two kinds of plans")]
public sealed class KeptPlansTests : ShopTest
{
    [Test]
    public async Task Where_an_order_is_read_with_its_lines_until_the_transaction_ends()
    {
        var buyer = await Shop.CustomerAsync();
        var order = (await buyer.PostAsync("/orders", new { product_id = await ProductAsync() })).ShouldBe(201).Id;
        await using var scope = Shop.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShopDbContext>();
        await db.Database.OpenConnectionAsync();

        (await PlansAfterFindingAsync(scope, OrderSpecs.OwnedBy(order, buyer.UserId))).ShouldBe("force_generic_plan");
        (await PlansAsync(db)).ShouldBe("auto");
    }

    [Test]
    public async Task Not_where_a_row_is_read_alone()
    {
        var product = await ProductAsync();
        await using var scope = Shop.Services.CreateAsyncScope();

        (await PlansAfterFindingAsync(scope, new Specification<Product>(query => query.Where(each => each.Id == product)))).ShouldBe("auto");
    }

    private static async Task<string?> PlansAfterFindingAsync<T>(AsyncServiceScope scope, ISpecification<T> specification)
        where T : class
    {
        string? plans = null;
        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().ExecuteAsync<Result>(
            async () =>
            {
                (await scope.ServiceProvider.GetRequiredService<IRepository<T>>().FindForUpdateAsync(specification, default)).ShouldNotBeNull();
                plans = await PlansAsync(scope.ServiceProvider.GetRequiredService<ShopDbContext>());
                return Result.Ok;
            },
            default);
        return plans;
    }

    private static Task<string> PlansAsync(ShopDbContext db) =>
        db.Database.SqlQuery<string>($"SELECT current_setting('plan_cache_mode') AS \"Value\"").SingleAsync();
}
