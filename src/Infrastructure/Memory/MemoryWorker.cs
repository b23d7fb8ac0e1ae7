using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Shop.Infrastructure.Memory;

/// <summary>
/// Gives back what is resident of the program's files and what is free, when the process has grown large: used again, it costs processor time, so it is not done
/// before, nor often. One worker does for all shops in a process.
/// </summary>
internal sealed partial class MemoryWorker(ILogger<MemoryWorker> log) : BackgroundService
{
    private const long Large = 172 * 1024 * 1024;
    private const long MuchLarger = 256 * 1024 * 1024;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongRest = TimeSpan.FromSeconds(10);
    private static readonly SemaphoreSlim Turn = new(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Turn.WaitAsync(stoppingToken);
        try
        {
            for (var pages = new ProgramPages(); ; await Task.Delay(NextLook(pages), stoppingToken))
            {
            }
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

    /// <summary>A process that is much larger has its size from something else.</summary>
    private static TimeSpan NextLook(ProgramPages pages)
    {
        if (Environment.WorkingSet < Large)
        {
            return Interval;
        }

        pages.GiveBack();
        return Environment.WorkingSet < MuchLarger ? Rest : LongRest;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Memory that is not in use is not given back any more.")]
    private static partial void Ended(ILogger log, Exception exception);
}
