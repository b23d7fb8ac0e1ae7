using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Shop.Infrastructure.Memory;

/// <summary>Gives back what is resident of the program's files and what is free, whenever that is much. One worker does for all shops in a process.</summary>
internal sealed partial class MemoryWorker(ILogger<MemoryWorker> log) : BackgroundService
{
    private const long Much = 32 * 1024 * 1024;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly SemaphoreSlim Turn = new(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Turn.WaitAsync(stoppingToken);
        try
        {
            var pages = new ProgramPages();
            using var timer = new PeriodicTimer(Interval);
            do
            {
                if (ProgramPages.Resident() >= Much)
                {
                    pages.GiveBack();
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Ended(log, exception);
        }
        finally
        {
            Turn.Release();
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Memory that is not in use is not given back any more.")]
    private static partial void Ended(ILogger log, Exception exception);
}
