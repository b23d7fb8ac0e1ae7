using Microsoft.Extensions.DependencyInjection;
using Shop.Domain.Catalog;
using Shop.Infrastructure.Jobs;
using Shop.Infrastructure.Outbox;
using Shop.Infrastructure.Persistence;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Outbox;

/// <summary>How events come to their consumers.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class DispatchTests
{
    [Test]
    public async Task Two_nodes_hand_every_event_over_once_and_those_of_an_aggregate_in_order()
    {
        var (probe, clock) = (new Probe(), new FakeClock());
        await using var shop = await OutboxRows.StartAsync(clock, probe);
        await using var second = shop.StartSecondNode();
        var (admin, sameAdmin) = (await shop.AdminAsync(), await second.AdminAsync());

        var products = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => (i % 2 == 0 ? admin : sameAdmin).ListAsync()));
        await Task.WhenAll(products.SelectMany(product => Enumerable.Range(0, 5).Select(i =>
            (i % 2 == 0 ? admin : sameAdmin).PatchAsync($"/products/{product}", new { name = $"Name {i}" }))));

        await probe.UntilAsync(begun => begun.Count >= 12 * 6);
        foreach (var product in products)
        {
            await shop.UntilDeliveryAsync(product, "status = 'done'", sequence: 6);
            probe.Begun.Where(each => each.AggregateId == product).Select(each => each.Sequence).ShouldBe([1, 2, 3, 4, 5, 6]);
        }

        probe.Begun.Count.ShouldBe(12 * 6);
        probe.Begun.Select(each => each.EventId).ShouldBeUnique();
    }

    [Test]
    public async Task What_was_committed_before_a_shop_died_is_handed_over_by_the_next()
    {
        var (probe, dispatches) = (new Probe(), false);
        await using var shop = await ShopServer.StartAsync(services: services =>
        {
            probe.AddTo(services);
            if (!dispatches)
            {
                services.Remove(services.Single(each => each.ImplementationType == typeof(LateWorker<OutboxDispatcher>)));
            }
        });
        var product = await (await shop.AdminAsync()).ListAsync();
        probe.Begun.ShouldBeEmpty();

        dispatches = true;
        await using var next = shop.StartSecondNode();

        await probe.UntilAsync(begun => begun.Any(each => each.AggregateId == product));
        await shop.UntilDeliveryAsync(product, "status = 'done'");
    }

    [Test]
    public async Task One_that_fails_three_times_is_tried_again_after_growing_pauses_and_holds_up_nobody_else()
    {
        var (probe, other, clock) = (new Probe(), new Probe("other"), new FakeClock());
        await using var shop = await OutboxRows.StartAsync(clock, probe, other);
        var failures = 3;
        probe.Behaviour = (_, _, _) => failures-- > 0 ? throw new InvalidOperationException("The receiver is down.") : Task.CompletedTask;
        var admin = await shop.AdminAsync();
        var product = await admin.ListAsync();
        (await admin.PatchAsync($"/products/{product}", new { name = "New name" })).ShouldBe(200);
        await shop.UntilDeliveryAsync(product, "status = 'done'", consumer: "other", sequence: 2);

        foreach (var (attempt, pause) in ((int, int)[])[(1, 5), (2, 10), (3, 20)])
        {
            await shop.UntilDeliveryAsync(product, $"attempts = {attempt} AND lease_owner IS NULL AND last_error = 'The receiver is down.'");
            var next = await shop.ScalarAsync<DateTime>($"SELECT next_attempt_at FROM outbox_deliveries WHERE consumer = 'probe' AND aggregate_id = {product} AND sequence = 1");
            (next - clock.GetUtcNow().UtcDateTime).TotalSeconds.ShouldBeInRange(pause - 3, pause * 1.2);
            probe.Begun.Count.ShouldBe(attempt);
            shop.Pass(clock, TimeSpan.FromSeconds(pause * 1.2));
        }

        await shop.UntilDeliveryAsync(product, "status = 'done' AND attempts = 1", sequence: 2);
        await shop.UntilDeliveryAsync(product, "status = 'done' AND attempts = 4 AND last_error IS NULL");
        probe.Begun.Select(each => each.Sequence).ShouldBe([1, 1, 1, 1, 2]);
        probe.Begun.Take(4).Select(each => each.EventId).Distinct().Count().ShouldBe(1);
        other.Begun.Select(each => each.Sequence).ShouldBe([1, 2]);
    }

    [Test]
    public async Task Poison_is_dead_after_ten_attempts_lets_later_events_pass_and_is_sent_again_by_an_admin()
    {
        var (probe, other, clock) = (new Probe(), new Probe("other"), new FakeClock());
        await using var shop = await OutboxRows.StartAsync(clock, probe, other);
        var isPoison = true;
        probe.Behaviour = (_, happened, _) => isPoison && happened.Sequence == 1 ? throw new InvalidOperationException("Poison.") : Task.CompletedTask;
        var admin = await shop.AdminAsync();
        var product = await admin.ListAsync();
        (await admin.PatchAsync($"/products/{product}", new { name = "New name" })).ShouldBe(200);
        await shop.UntilDeliveryAsync(product, "status = 'done'", consumer: "other", sequence: 2);

        for (var attempt = 1; attempt < OutboxWorker.MaxAttempts; attempt++)
        {
            await shop.UntilDeliveryAsync(product, $"status = 'waiting' AND attempts = {attempt} AND lease_owner IS NULL");
            shop.Pass(clock, TimeSpan.FromMinutes(30));
        }

        await shop.UntilDeliveryAsync(product, "status = 'dead' AND attempts = 10 AND finished_at IS NOT NULL");
        await shop.UntilDeliveryAsync(product, "status = 'done'", sequence: 2);
        admin = await shop.AdminAsync(); // hours have passed, and with them the first sign-in
        var dead = (await admin.GetAsync("/outbox?status=dead")).ShouldBe(200).Json.EnumerateArray().ShouldHaveSingleItem();
        (dead.GetProperty("type").GetString(), dead.GetProperty("status").GetString(), dead.GetProperty("attempts").GetInt32())
            .ShouldBe(("product.created", "dead", 10));
        dead.GetProperty("deliveries").EnumerateArray().Select(each => (each.GetProperty("consumer").GetString(), each.GetProperty("status").GetString()))
            .ShouldBe([("other", "done"), ("probe", "dead")]);

        isPoison = false;
        var id = dead.GetProperty("id").GetInt64();
        (await admin.PostAsync($"/outbox/{id}/retry")).ShouldBe(200)["status"].GetString().ShouldBeOneOf("waiting", "done");

        await shop.UntilDeliveryAsync(product, "status = 'done' AND attempts = 1");
        (await admin.PostAsync($"/outbox/{id}/retry")).ShouldBeProblem(409, "outbox_event_not_dead");
        other.Begun.Count.ShouldBe(2);
    }

    [Test]
    public async Task What_a_dead_worker_had_is_taken_over_when_its_lease_ends_and_its_late_result_does_not_count()
    {
        var (probe, clock, hangs) = (new Probe(), new FakeClock(), new TaskCompletionSource());
        await using var shop = await OutboxRows.StartAsync(clock, probe);
        probe.Behaviour = (_, _, _) => probe.Begun.Count == 1 ? hangs.Task : Task.CompletedTask;
        var product = await (await shop.AdminAsync()).ListAsync();
        await probe.UntilAsync(begun => begun.Count == 1);
        await using var second = shop.StartSecondNode();

        second.Pass(clock, OutboxWorker.Lease);

        await shop.UntilDeliveryAsync(product, "status = 'done' AND attempts = 2");
        var finished = await shop.ScalarAsync<DateTime>($"SELECT finished_at FROM outbox_deliveries WHERE aggregate_id = {product}");
        hangs.SetException(new InvalidOperationException("Too late."));
        var next = await (await shop.AdminAsync()).ListAsync();
        await shop.UntilDeliveryAsync(next, "status = 'done'");
        (await shop.ScalarAsync<DateTime>($"SELECT finished_at FROM outbox_deliveries WHERE aggregate_id = {product} AND status = 'done' AND last_error IS NULL"))
            .ShouldBe(finished);
        probe.Begun.Count.ShouldBe(3);
    }

    [Test]
    public async Task What_ends_the_shop_at_every_attempt_is_given_up()
    {
        var (probe, clock) = (new Probe(), new FakeClock());
        await using var shop = await OutboxRows.StartAsync(clock, probe);
        await shop.ExecuteAsync("""
            INSERT INTO outbox (event_id, type, aggregate_type, aggregate_id, sequence, data, created_at)
                VALUES ('00000000-0000-0000-0000-000000000001', 'product.updated', 'product', 1, 1, '{}', now());
            INSERT INTO outbox_deliveries (event_id, consumer, aggregate_type, aggregate_id, sequence, status, attempts, next_attempt_at, lease_owner)
                VALUES ('00000000-0000-0000-0000-000000000001', 'probe', 'product', 1, 1, 'waiting', 10, now(), gen_random_uuid())
            """);

        await shop.UntilDeliveryAsync(1, "status = 'dead' AND attempts = 10 AND last_error LIKE 'The shop ended %'");
        probe.Begun.ShouldBeEmpty();
    }

    [Test]
    public async Task A_shop_that_stops_gives_back_what_it_has_not_done()
    {
        var (probe, clock) = (new Probe(), new FakeClock());
        await using var shop = await OutboxRows.StartAsync(clock, probe);
        probe.Behaviour = (_, _, cancellationToken) => probe.Begun.Count == 1 ? Task.Delay(Timeout.Infinite, cancellationToken) : Task.CompletedTask;
        var product = await (await shop.AdminAsync()).ListAsync();
        await probe.UntilAsync(begun => begun.Count == 1);

        await shop.Services.GetRequiredService<OutboxDispatcher>().StopAsync(default);

        await shop.UntilDeliveryAsync(product, "attempts = 0 AND lease_owner IS NULL");
        await using var second = shop.StartSecondNode();
        await shop.UntilDeliveryAsync(product, "status = 'done' AND attempts = 1");
        probe.Begun.Select(each => each.EventId).Distinct().Count().ShouldBe(1);
    }

    [Test]
    public async Task What_a_transactional_consumer_writes_is_there_once_whatever_failed_before()
    {
        var (probe, clock) = (new Probe(isTransactional: true), new FakeClock());
        await using var shop = await OutboxRows.StartAsync(clock, probe);
        probe.Behaviour = async (services, happened, cancellationToken) =>
        {
            var db = services.GetRequiredService<ShopDbContext>();
            await db.AddAsync(Category.Create($"Effect {happened.AggregateId} {probe.Begun.Count}", parentId: (long?)null, clock.GetUtcNow()), cancellationToken);
            if (probe.Begun.Count == 1)
            {
                await db.SaveChangesAsync(cancellationToken);
                throw new InvalidOperationException("Half done.");
            }
        };
        var product = await (await shop.AdminAsync()).ListAsync();
        await shop.UntilDeliveryAsync(product, "attempts = 1 AND lease_owner IS NULL");
        shop.Pass(clock, TimeSpan.FromSeconds(6));

        await shop.UntilDeliveryAsync(product, "status = 'done'");

        (await shop.ScalarAsync<string>("SELECT string_agg(name, ', ') FROM categories")).ShouldBe($"Effect {product} 2");
    }

    [Test]
    public async Task Finished_events_are_forgotten_after_the_retention_and_others_stay()
    {
        var (probe, clock) = (new Probe(), new FakeClock());
        await using var shop = await OutboxRows.StartAsync(clock, probe);
        var admin = await shop.AdminAsync();
        var (done, failed) = (await admin.ListAsync(), 0L);
        await shop.UntilDeliveryAsync(done, "status = 'done'");
        probe.Behaviour = (_, _, _) => throw new InvalidOperationException("Down.");
        failed = await admin.ListAsync();
        await shop.UntilDeliveryAsync(failed, "attempts = 1 AND lease_owner IS NULL");
        var purge = shop.Services.GetRequiredService<OutboxPurge>();

        clock.Advance(TimeSpan.FromDays(6));
        await purge.RunAsync(default);
        (await shop.EventsAsync("product", done)).ShouldBe("product.created 1");

        clock.Advance(TimeSpan.FromDays(1.1));
        await Until.TrueAsync(async () => // the shop's own round may be at it
        {
            await purge.RunAsync(default);
            return await shop.EventsAsync("product", done) == "";
        });

        (await shop.EventsAsync("product", failed)).ShouldBe("product.created 1");
        (await shop.ScalarAsync<long>($"SELECT count(*) FROM outbox_deliveries WHERE aggregate_id = {done}")).ShouldBe(0);
    }
}
