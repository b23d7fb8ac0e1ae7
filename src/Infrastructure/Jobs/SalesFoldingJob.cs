using Quartz;
using Shop.Infrastructure.Analytics;

namespace Shop.Infrastructure.Jobs;

/// <summary>Adds up sales. The numbers are right without it; it keeps small what readers have to add up themselves.</summary>
[DisallowConcurrentExecution]
internal sealed class SalesFoldingJob(SalesFolding folding) : IJob
{
    /// <summary>From one run to the next.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => await folding.RunAsync(cancellationToken);
}
