using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Shop.Infrastructure.Reports;

/// <summary>Lets <see cref="ReportWorker"/> make what waits, one report after the other, and forget what is old.</summary>
internal sealed partial class ReportJob(ReportWorker worker, ILogger<ReportJob> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await worker.PurgeAsync(stoppingToken);
                while (await worker.RunAsync(stoppingToken))
                {
                }
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogFailed(exception);
            }

            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(LogLevel.Error, "Looking for reports to make failed; it is tried again.")]
    private partial void LogFailed(Exception exception);
}
