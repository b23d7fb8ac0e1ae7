using Microsoft.Extensions.Logging;
using Quartz;
using Shop.Application.Abstractions;

namespace Shop.Infrastructure.Jobs;

/// <summary>Triggers <see cref="ReportJob"/>. A report that is being made already is followed by those that were asked for meanwhile.</summary>
/// <param name="schedulers">One, or none where this node does no jobs.</param>
/// <param name="log">Told when the job can't be triggered.</param>
internal sealed partial class ReportMaking(IEnumerable<ISchedulerFactory> schedulers, ILogger<ReportMaking> log) : IReportMaking
{
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var scheduler in schedulers)
            {
                await (await scheduler.GetScheduler(cancellationToken)).TriggerJob(ShopJob.KeyOf(typeof(ReportJob)), cancellationToken);
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(exception);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The job that makes reports could not be triggered; it looks by itself soon.")]
    private partial void LogFailed(Exception exception);
}
