using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shop.Application.Abstractions;
using Shop.Application.Catalog;
using Shop.Application.Common.Paging;
using Shop.Domain.Catalog;
using Shop.Domain.Common;
using Shop.Infrastructure.Persistence.PostgreSql;
using Shop.WebApi.FunctionalTests.Persistence;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Caching;

/// <summary>What is read while it is being changed.</summary>
[Parallelizable(ParallelScope.Self)]
[PostgreSqlOnly("it loses the answers of its connections")]
public sealed class RacesTests
{
    [Test]
    public async Task A_reader_beside_a_writer_never_keeps_what_is_over()
    {
        const int Readers = 4;
        await using var shop = await ShopServer.StartAsync(services: Kept.ForLong);
        var admin = await shop.AdminAsync();
        var id = (await admin.PostAsync("/products", new { name = "Thing", price = 1 })).ShouldBe(201).Id;
        await shop.ReadCachedAsync($"/products/{id}");
        var (written, isOver) = (1, false);

        var readers = Enumerable.Range(0, Readers).Select(number => Task.Run(async () =>
        {
            var reader = shop.Anonymous();
            while (!Volatile.Read(ref isOver))
            {
                var atLeast = Volatile.Read(ref written);
                var product = number % 2 == 0
                    ? (await reader.GetAsync($"/products/{id}")).ShouldBe(200).Json
                    : (await reader.GetAsync("/products")).ShouldBe(200).Json[0];
                product.GetProperty("price").GetDecimal().ShouldBeGreaterThanOrEqualTo(atLeast);
            }
        })).ToArray();
        try
        {
            for (var price = 2; price <= Rounds.Of(200); price++)
            {
                (await admin.PatchAsync($"/products/{id}", new { price })).ShouldBe(200)["price"].GetDecimal().ShouldBe(price);
                Volatile.Write(ref written, price);
            }
        }
        finally
        {
            Volatile.Write(ref isOver, true);
            await Task.WhenAll(readers);
        }
    }

    [Test]
    public async Task What_changes_while_an_answer_is_being_made_keeps_it_out_of_the_cache()
    {
        var slow = new SlowReads();
        await using var shop = await ShopServer.StartAsync(services: services =>
        {
            services.ForLong();
            slow.AddTo(services);
        });
        var admin = await shop.AdminAsync();
        var path = $"/products/{(await admin.PostAsync("/products", new { name = "Thing", price = 1 })).ShouldBe(201).Id}";
        await shop.ReadCachedAsync(path);
        (await admin.PatchAsync(path, new { price = 2 })).ShouldBe(200);
        slow.HoldsNext = true;
        var old = shop.Anonymous().GetAsync(path);
        await slow.HasRead.Task.WaitAsync(TimeSpan.FromSeconds(30));

        (await admin.PatchAsync(path, new { price = 3 })).ShouldBe(200);
        slow.GoOn.SetResult();

        (await old)["price"].GetDecimal().ShouldBe(2);
        (await shop.Anonymous().GetAsync(path))["price"].GetDecimal().ShouldBe(3);
    }

    [Test]
    public async Task A_commit_whose_answer_is_lost_counts_as_a_change()
    {
        var answers = new LostAnswers();
        await using var shop = await ShopServer.StartAsync(services: services =>
        {
            services.ForLong();
            services.ConfigureDbContext<PostgreSqlShopDbContext>(options => options.AddInterceptors(answers));
        });
        var admin = await shop.AdminAsync();
        var path = $"/products/{(await admin.PostAsync("/products", new { name = "Thing", price = 1 })).ShouldBe(201).Id}";
        await shop.ReadCachedAsync(path);
        answers.ToLose = 1;

        (await admin.PatchAsync(path, new { price = 2 })).ShouldBeProblem(503, "outcome_unknown");

        (await admin.GetAsync(path))["price"].GetDecimal().ShouldBe(2);
    }

    private sealed class LostAnswers : DbTransactionInterceptor
    {
        public int ToLose { get; set; }

        public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
            eventData.IsOf<Product>() && ToLose > 0 && ToLose-- > 0
                ? throw new NpgsqlException("The connection is lost.", new TimeoutException())
                : Task.CompletedTask;
    }

    /// <summary>Holds a read of a product back once the database has answered it.</summary>
    private sealed class SlowReads
    {
        public bool HoldsNext { get; set; }

        public TaskCompletionSource HasRead { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource GoOn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void AddTo(IServiceCollection services)
        {
            var own = services.Single(each => each.ServiceType == typeof(ICatalogReads)).ImplementationType!;
            services.AddScoped<ICatalogReads>(provider => new Held((ICatalogReads)ActivatorUtilities.CreateInstance(provider, own), this));
        }

        private sealed class Held(ICatalogReads own, SlowReads slow) : ICatalogReads
        {
            public async Task<ProductAnswer?> FindAsync(long id, CancellationToken cancellationToken)
            {
                var product = await own.FindAsync(id, cancellationToken);
                if (slow.HoldsNext)
                {
                    slow.HoldsNext = false;
                    slow.HasRead.SetResult();
                    await slow.GoOn.Task.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
                }

                return product;
            }

            public Task<Result<Page<ProductAnswer>>> ListAsync(ListProducts query, CancellationToken cancellationToken) => own.ListAsync(query, cancellationToken);

            public Task<CatalogLook> LookAsync(GetProductFacets query, int atMost, CancellationToken cancellationToken) => own.LookAsync(query, atMost, cancellationToken);
        }
    }
}
