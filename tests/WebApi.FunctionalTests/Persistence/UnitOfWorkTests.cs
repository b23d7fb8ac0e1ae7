using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shop.Application.Abstractions;
using Shop.Domain.Common;
using Shop.Domain.Orders;
using Shop.Domain.Users;
using Shop.Infrastructure.Persistence;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Persistence;

/// <summary>What the commit behavior relies on, against the database.</summary>
public sealed class UnitOfWorkTests : ShopTest
{
    private static readonly Error Refusal = new(ErrorKind.Conflict, "refused", "No.");

    [Test]
    public async Task What_succeeds_is_saved_once()
    {
        var name = NewName();

        (await RunAsync(async users => { await users.AddAsync(Named(name), default); return Result.Ok; })).IsFailure.ShouldBeFalse();

        (await CountAsync(name)).ShouldBe(1);
    }

    [Test]
    public async Task A_refusal_leaves_nothing_behind_neither_rows_nor_what_statements_did_at_once()
    {
        var (name, renamed) = (NewName(), NewName());
        var user = await Shop.CustomerAsync();

        var outcome = await RunAsync(async (users, db) =>
        {
            await users.AddAsync(Named(name), default);
            await db.Users.Where(each => each.Id == user.UserId).ExecuteUpdateAsync(row => row.SetProperty(each => each.Username, renamed));
            return Refusal;
        });

        outcome.Error.ShouldBe(Refusal);
        (await CountAsync(name)).ShouldBe(0);
        (await CountAsync(renamed)).ShouldBe(0);
    }

    [Test]
    public async Task A_bug_leaves_nothing_behind()
    {
        var name = NewName();

        await Should.ThrowAsync<InvalidOperationException>(RunAsync(async (users, db) =>
        {
            await users.AddAsync(Named(name), default);
            await db.SaveChangesAsync();
            throw new InvalidOperationException("A bug.");
        }));

        (await CountAsync(name)).ShouldBe(0);
    }

    [Test]
    public async Task A_broken_constraint_becomes_the_refusal_that_belongs_to_it()
    {
        var user = await Shop.CustomerAsync();

        var outcome = await RunAsync(async users => { await users.AddAsync(Named(user.Username.ToUpperInvariant()), default); return Result.Ok; });

        outcome.Error.ShouldBe(UserErrors.UsernameTaken);
    }

    [Test]
    public async Task Work_that_another_was_faster_than_is_repeated_on_what_stands_by_then()
    {
        var user = await Shop.CustomerAsync();
        var tries = 0;

        var outcome = await RunAsync(async (_, db) =>
        {
            var loaded = await db.Users.SingleAsync(each => each.Id == user.UserId);
            if (++tries == 1)
            {
                (await user.PatchAsync($"/users/{user.UserId}", new { first_name = "Theirs" })).ShouldBe(200);
            }

            loaded.Edit(loaded.Username, new UserProfile(null, loaded.FirstName, "Ours", null), DateTimeOffset.UtcNow);
            return Result.Ok;
        });

        outcome.IsFailure.ShouldBeFalse();
        tries.ShouldBe(2);
        var after = await user.GetAsync("/users/me");
        after["first_name"].GetString().ShouldBe("Theirs");
        after["last_name"].GetString().ShouldBe("Ours");
    }

    [Test]
    public async Task An_order_that_another_was_faster_with_is_not_committed_and_tried_again()
    {
        var (order, tries) = (await OrderAsync(), 0);

        var outcome = await RunAsync(async (_, db) =>
        {
            var loaded = await db.Orders.SingleAsync(each => each.Id == order);
            if (++tries == 1)
            {
                await Shop.ScalarAsync<long>($"UPDATE orders SET version = version + 1 WHERE id = {order} RETURNING version");
            }

            loaded.Cancel(CancelReasons.Customer, DateTimeOffset.UtcNow);
            return Result.Ok;
        });

        outcome.IsFailure.ShouldBeFalse();
        tries.ShouldBe(2);
        (await Shop.ScalarAsync<long>($"SELECT count(*) FROM order_history WHERE order_id = {order} AND change = 'cancelled'")).ShouldBe(1);
    }

    [Test]
    public async Task An_order_saved_inside_another_unit_of_work_is_undone_with_it()
    {
        var order = await OrderAsync();
        await using var scope = Shop.Services.CreateAsyncScope();
        var unitOfWork = scope.ServiceProvider.GetRequiredService<IUnitOfWork>();
        var db = scope.ServiceProvider.GetRequiredService<ShopDbContext>();

        await unitOfWork.ExecuteAsync<Result>(
            async () =>
            {
                await unitOfWork.ExecuteAsync<Result>(
                    async () =>
                    {
                        (await db.Orders.SingleAsync(each => each.Id == order)).Cancel(CancelReasons.Customer, DateTimeOffset.UtcNow);
                        return Result.Ok;
                    },
                    default);
                return Refusal;
            },
            default);

        (await Shop.ScalarAsync<string>($"SELECT status FROM orders WHERE id = {order}")).ShouldBe("active");
    }

    [Test]
    public async Task What_comes_after_it_in_the_same_context_is_committed_too()
    {
        var (order, name, user) = (await OrderAsync(), NewName(), await Shop.CustomerAsync());
        await using var scope = Shop.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ShopDbContext>();
        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().ExecuteAsync<Result>(
            async () =>
            {
                (await db.Orders.SingleAsync(each => each.Id == order)).Cancel(CancelReasons.Customer, DateTimeOffset.UtcNow);
                return Result.Ok;
            },
            default);

        await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await db.Users.Where(each => each.Id == user.UserId).ExecuteUpdateAsync(row => row.SetProperty(each => each.Username, name));
            await transaction.CommitAsync();
        });

        (await CountAsync(name)).ShouldBe(1);
    }

    [Test]
    public async Task One_inside_another_joins_it()
    {
        var name = NewName();
        await using var scope = Shop.Services.CreateAsyncScope();
        var unitOfWork = scope.ServiceProvider.GetRequiredService<IUnitOfWork>();
        var users = scope.ServiceProvider.GetRequiredService<IRepository<User>>();

        await unitOfWork.ExecuteAsync<Result>(
            async () =>
            {
                await unitOfWork.ExecuteAsync<Result>(async () => { await users.AddAsync(Named(name), default); return Result.Ok; }, default);
                return Refusal;
            },
            default);

        (await CountAsync(name)).ShouldBe(0);
    }

    private static string NewName() => "uow-" + Guid.NewGuid().ToString("N")[..12];

    private static User Named(string username) => User.Register(username, new UserProfile(null, null, null, null), DateTimeOffset.UtcNow);

    private Task<Result> RunAsync(Func<IRepository<User>, Task<Result>> work) => RunAsync((users, _) => work(users));

    private async Task<Result> RunAsync(Func<IRepository<User>, ShopDbContext, Task<Result>> work)
    {
        await using var scope = Shop.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<IRepository<User>>();
        var db = scope.ServiceProvider.GetRequiredService<ShopDbContext>();
        return await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().ExecuteAsync(() => work(users, db), default);
    }

    private async Task<long> OrderAsync() =>
        (await (await Shop.CustomerAsync()).PostAsync("/orders", new { product_id = await ProductAsync() })).ShouldBe(201).Id;

    private Task<long> CountAsync(string username) => Shop.ScalarAsync<long>($"SELECT count(*) FROM users WHERE username = '{username}'");
}
