using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace Shop.Infrastructure.Jobs;

/// <summary>
/// Runs this node's share of the jobs, from when the shop is up until it stops. What a job's schedule says now replaces what the database
/// has of it, and a job that this version of the shop no longer knows is forgotten.
/// </summary>
internal sealed partial class JobScheduler(
    ISchedulerFactory schedulers, IEnumerable<ShopJob> jobs, TimeProvider clock, ILogger<JobScheduler> log)
    : BackgroundService
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(5);

    private readonly Lock _stopping = new();
    private Task? _stopped;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested && !await TryStartAsync(stoppingToken))
        {
            await Task.Delay(PauseAfterFailure, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>
    /// Jobs that run are told to stop, and waited for; what they did not finish is left to another node. Who asks once more waits for the
    /// same: the services of a host that seems to have stopped are taken from the jobs that still run.
    /// </summary>
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_stopping)
        {
            return _stopped ??= StopOnceAsync(cancellationToken);
        }
    }

    private async Task StopOnceAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var scheduler in await schedulers.GetAllSchedulers(cancellationToken))
        {
            await scheduler.Shutdown(waitForJobsToComplete: true, cancellationToken);
        }
    }

    private async Task<bool> TryStartAsync(CancellationToken stoppingToken)
    {
        try
        {
            var scheduler = await schedulers.GetScheduler(stoppingToken);
            foreach (var job in jobs)
            {
                await ScheduleAsync(scheduler, job, stoppingToken);
            }

            var known = jobs.Select(job => job.Key).ToHashSet();
            foreach (var forgotten in (await scheduler.GetJobKeys(GroupMatcher<JobKey>.GroupEquals(ShopJob.Group), stoppingToken)).Where(key => !known.Contains(key)))
            {
                await scheduler.DeleteJob(forgotten, stoppingToken);
            }

            await scheduler.Start(stoppingToken);
            return true;
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            return true;
        }
        catch (Exception exception)
        {
            LogFailed(exception);
            return false;
        }
    }

    /// <summary>A trigger that says the same stays, so that a restart does not put off the next run.</summary>
    private async Task ScheduleAsync(IScheduler scheduler, ShopJob job, CancellationToken cancellationToken)
    {
        var detail = JobBuilder.Create().OfType(job.Type).WithIdentity(job.Key).StoreDurably().RequestRecovery().Build();
        await scheduler.AddJob(detail, AddJobOptions.Replacing, cancellationToken);
        var key = new TriggerKey(job.Key.Name, ShopJob.Group);
        if (await scheduler.GetTrigger(key, cancellationToken) is { } stored && job.Schedule.IsOf(stored))
        {
            return;
        }

        var trigger = TriggerBuilder.Create(clock)
            .WithIdentity(key)
            .ForJob(detail)
            .StartAt(job.Schedule.FirstFrom(clock.GetUtcNow()))
            .WithSchedule(job.Schedule.ToQuartz())
            .Build();
        await scheduler.ScheduleJob(trigger, ScheduleJobOptions.Replacing, cancellationToken);
    }

    [LoggerMessage(LogLevel.Error, "The jobs could not be started; it is tried again.")]
    private partial void LogFailed(Exception exception);
}
