using Quartz;
using Shop.Infrastructure.Reports;

namespace Shop.Infrastructure.Jobs;

/// <summary>
/// Makes the reports that wait, one after the other and on one node at a time, and forgets what is old. It is triggered when a report is
/// asked for; its schedule finds what a killed node left, and what was asked of a node that does no jobs.
/// </summary>
[DisallowConcurrentExecution]
internal sealed class ReportJob(ReportWorker worker) : IJob
{
    /// <summary>From one look to the next.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        await worker.PurgeAsync(cancellationToken);
        while (await worker.RunAsync(cancellationToken))
        {
        }
    }
}
