using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shop.Application.Orders;

namespace Shop.Infrastructure.Jobs;

/// <summary>
/// Ends unpaid orders soon after their time is over, so that who looks at one sees it. No order waits for this: one that lacks stock
/// releases what is expired itself.
/// </summary>
internal sealed partial class ExpirySweep(IServiceScopeFactory scopes, ILogger<ExpirySweep> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var swept = await TrySweepAsync(stoppingToken);
            await Task.Delay(swept ? Pause : PauseAfterFailure, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> TrySweepAsync(CancellationToken stoppingToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<IOrderExpiry>().SweepAsync(stoppingToken);
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

    [LoggerMessage(LogLevel.Error, "Looking for orders that were not paid in time failed; it is tried again.")]
    private partial void LogFailed(Exception exception);
}
