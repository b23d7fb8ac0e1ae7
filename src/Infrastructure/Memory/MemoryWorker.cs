using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Shop.Infrastructure.Memory;

/// <summary>Gives memory of the program back that is not in use, whenever there is much of it. One worker does for all shops in a process.</summary>
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
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            NotTold(log, exception);
        }
        finally
        {
            Turn.Release();
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The system does not tell what memory is in use, so none is given back before it runs out.")]
    private static partial void NotTold(ILogger log, Exception exception);
}
