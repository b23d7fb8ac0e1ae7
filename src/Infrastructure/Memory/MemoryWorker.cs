using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Shop.Infrastructure.Memory;

/// <summary>
/// Gives back what is resident of the program's files, what is free and what is garbage, when the process has grown large: files that are used again and
/// collections cost processor time, so it is not done before. One worker does for all shops in a process.
/// </summary>
internal sealed partial class MemoryWorker(ILogger<MemoryWorker> log) : BackgroundService
{
    /// <summary>Above what is worth a collection: files alone are often enough.</summary>
    private const long Large = 164 * 1024 * 1024;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongRest = TimeSpan.FromSeconds(5);
    private static readonly SemaphoreSlim Turn = new(1);
    private static readonly TimeProvider Clock = TimeProvider.System;

    private readonly ProgramPages _pages = new(Clock);
    private readonly CollectionPlan _collections = new(Clock);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Turn.WaitAsync(stoppingToken);
        try
        {
            while (true)
            {
                await Task.Delay(NextLook(), stoppingToken);
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

    private TimeSpan NextLook()
    {
        if (Environment.WorkingSet < Large)
        {
            return Interval;
        }

        _pages.GiveBack();
        var size = Environment.WorkingSet;
        if (_collections.IsDue(size))
        {
            var started = Clock.GetTimestamp();
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            _collections.Collected(started, size, Environment.WorkingSet);
        }

        return size < CollectionPlan.InUse ? Rest : LongRest;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Memory that is not in use is not given back any more.")]
    private static partial void Ended(ILogger log, Exception exception);
}
