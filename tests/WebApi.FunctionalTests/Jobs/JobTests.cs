using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Quartz;
using Shop.Infrastructure.Jobs;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Jobs;

/// <summary>Jobs of several nodes on one database.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class JobTests
{
    private static readonly Dictionary<string, string> Enabled = new() { ["Shop:Jobs:Enabled"] = "true" };
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Test]
    public async Task Each_time_of_a_schedule_is_run_by_one_node()
    {
        var notes = new Notes();
        await using var shop = await StartAsync(notes, JobSchedule.Every(TimeSpan.FromSeconds(1), firstAfter: TimeSpan.Zero));
        await using var second = shop.StartSecondNode();

        var runs = new List<Run>();
        while (runs.Count < 4)
        {
            runs.Add(await notes.NextAsync());
        }

        runs.Select(run => run.ScheduledFor).ShouldBeUnique();
        runs.ShouldAllBe(run => !run.IsRecovery);
    }

    [Test]
    public async Task What_a_killed_node_left_unfinished_runs_again_on_another()
    {
        var notes = new Notes { IsHeld = true };
        await using var shop = await StartAsync(notes, JobSchedule.Every(TimeSpan.FromDays(1), firstAfter: TimeSpan.Zero));
        await notes.NextAsync();
        // what a node looks like in the database that was killed while it ran the job an hour ago
        await shop.ScalarAsync<string>(
            """
            INSERT INTO qrtz_scheduler_state (sched_name, instance_name, last_checkin_time, checkin_interval, quartz_version)
            SELECT sched_name, 'killed', last_checkin_time - 36000000000, checkin_interval, quartz_version FROM qrtz_scheduler_state
            RETURNING instance_name
            """);
        await shop.ScalarAsync<string>(
            """
            INSERT INTO qrtz_fired_triggers (sched_name, entry_id, trigger_name, trigger_group, instance_name, fired_time, sched_time, priority,
                state, job_name, job_group, is_nonconcurrent, requests_recovery)
            SELECT sched_name, 'killed1', trigger_name, trigger_group, 'killed', fired_time, sched_time, priority,
                state, job_name, job_group, is_nonconcurrent, requests_recovery
            FROM qrtz_fired_triggers WHERE job_name = 'NotingJob' RETURNING entry_id
            """);

        await using var second = shop.StartSecondNode();

        (await notes.NextAsync()).IsRecovery.ShouldBeTrue();
    }

    [Test]
    public async Task A_restart_does_not_put_off_the_next_run_and_another_schedule_replaces_it()
    {
        var notes = new Notes();
        await using var shop = await StartAsync(notes, Daily(firstAfter: TimeSpan.FromHours(1)));
        await NodesAsync(shop, 1);
        var planned = await NextRunAsync(shop);

        await using var same = shop.StartSecondNode(services: With(notes, Daily(firstAfter: TimeSpan.FromHours(2))));
        await NodesAsync(shop, 2);
        (await NextRunAsync(shop)).ShouldBe(planned);

        await using var other = shop.StartSecondNode(services: With(notes, JobSchedule.Every(TimeSpan.FromDays(2), firstAfter: TimeSpan.FromHours(3))));
        await NodesAsync(shop, 3);
        (await NextRunAsync(shop)).ShouldBeGreaterThan(planned);
    }

    [Test]
    public async Task A_job_that_the_shop_no_longer_knows_is_forgotten()
    {
        var notes = new Notes();
        await using var shop = await StartAsync(notes, Daily(firstAfter: TimeSpan.FromHours(1)));
        await NodesAsync(shop, 1);
        await shop.ScalarAsync<string>(
            """
            INSERT INTO qrtz_job_details (sched_name, job_name, job_group, job_class_name, is_durable, is_nonconcurrent, is_update_data, requests_recovery)
            SELECT sched_name, 'Forgotten', job_group, 'Shop.Forgotten, Shop', true, false, false, true FROM qrtz_job_details WHERE job_name = 'NotingJob'
            RETURNING job_name
            """);

        await using var second = shop.StartSecondNode();
        await NodesAsync(shop, 2);

        (await shop.ScalarAsync<long>("SELECT count(*) FROM qrtz_job_details WHERE job_name = 'Forgotten'")).ShouldBe(0);
    }

    [Test]
    public async Task Sales_are_added_up()
    {
        await using var shop = await ShopServer.StartAsync(Enabled, services =>
        {
            services.Remove(services.Single(service => service.ImplementationInstance is ShopJob job && job.Type == typeof(SalesFoldingJob)));
            services.AddShopJob<SalesFoldingJob>(JobSchedule.Every(TimeSpan.FromSeconds(1), firstAfter: TimeSpan.Zero));
        });
        var (admin, buyer) = (await shop.AdminAsync(), await shop.CustomerAsync());
        var product = (await admin.PostAsync("/products", new { name = "Thing", price = 1, stock = 10 })).ShouldBe(201).Id;
        (await admin.PostAsync("/purchases", new { user_id = buyer.UserId, product_id = product, quantity = 3 })).ShouldBe(201);

        await Until.TrueAsync(async () => await shop.ScalarAsync<long>("SELECT count(*) FROM sales_entries") == 0);

        (await shop.ScalarAsync<long>("SELECT units FROM sales_totals WHERE series = 1")).ShouldBe(3);
    }

    [Test]
    public async Task Where_jobs_are_off_there_is_no_scheduler()
    {
        await using var shop = await ShopServer.StartAsync();

        shop.Services.GetService<ISchedulerFactory>().ShouldBeNull();
    }

    private static JobSchedule Daily(TimeSpan firstAfter) => JobSchedule.Every(TimeSpan.FromDays(1), firstAfter);

    private static Task<ShopServer> StartAsync(Notes notes, JobSchedule schedule) => ShopServer.StartAsync(Enabled, With(notes, schedule));

    private static Action<IServiceCollection> With(Notes notes, JobSchedule schedule) =>
        services => services.AddSingleton(notes).AddShopJob<NotingJob>(schedule);

    /// <summary>So many nodes have started their share of the jobs.</summary>
    private static async Task NodesAsync(ShopServer shop, int count)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (await shop.ScalarAsync<long>("SELECT count(*) FROM qrtz_scheduler_state") < count)
        {
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    private static Task<long> NextRunAsync(ShopServer shop) =>
        shop.ScalarAsync<long>("SELECT next_fire_time FROM qrtz_triggers WHERE trigger_name = 'NotingJob'");

    /// <summary>A run of the job.</summary>
    private sealed record Run(DateTimeOffset? ScheduledFor, bool IsRecovery);

    /// <summary>What the jobs of all nodes write into.</summary>
    private sealed class Notes
    {
        private readonly Channel<Run> _runs = Channel.CreateUnbounded<Run>();

        /// <summary>Whether a job stays unfinished until its node stops.</summary>
        public bool IsHeld { get; init; }

        public void Add(Run run) => _runs.Writer.TryWrite(run);

        public async Task<Run> NextAsync()
        {
            using var patience = new CancellationTokenSource(Patience);
            return await _runs.Reader.ReadAsync(patience.Token);
        }
    }

    private sealed class NotingJob(Notes notes) : IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
        {
            notes.Add(new Run(context.ScheduledFireTimeUtc, context.Recovering));
            if (notes.IsHeld)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
        }
    }
}
