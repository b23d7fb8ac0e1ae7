using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Shop.Infrastructure.Payments;

/// <summary>Sweeps every few seconds, on every node.</summary>
internal sealed partial class PaymentSweeper(PaymentSweep sweep, ILogger<PaymentSweeper> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await sweep.RunAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(log, exception);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Payments could not be swept; it is tried again")]
    private static partial void Failed(ILogger log, Exception exception);
}
