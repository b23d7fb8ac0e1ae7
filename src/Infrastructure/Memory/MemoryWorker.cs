using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Shop.Infrastructure.Memory;

/// <summary>
/// Gives back what is resident of the program's files, what is free and what is garbage, when the process has grown large: files that are used again and
/// collections cost processor time, so it is not done before, nor often. One worker does for all shops in a process.
/// </summary>
internal sealed partial class MemoryWorker(ILogger<MemoryWorker> log) : BackgroundService
{
    private const long Large = 168 * 1024 * 1024;
    private const long StillLarge = 152 * 1024 * 1024;
    private const long MuchLarger = 256 * 1024 * 1024;
    private const long InUse = 184 * 1024 * 1024;
    private const int Spared = 30;
    private const int MostSpared = 64 * Spared;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongRest = TimeSpan.FromSeconds(5);
    private static readonly SemaphoreSlim Turn = new(1);

    private readonly ProgramPages _pages = new(TimeProvider.System);
    private long _collected;
    private TimeSpan _collectionRest;
    private int _spared = Spared;

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

    /// <summary>A process that stays large though it was collected, or is much larger, is taken to have its size from what is in use.</summary>
    private TimeSpan NextLook()
    {
        if (Environment.WorkingSet < Large)
        {
            return Interval;
        }

        _pages.GiveBack();
        var size = Environment.WorkingSet;
        if (size is >= StillLarge and < MuchLarger && Stopwatch.GetElapsedTime(_collected) >= _collectionRest)
        {
            Collect();
        }

        return size >= MuchLarger || _spared > Spared ? LongRest : Rest;
    }

    /// <summary>All requests wait meanwhile, so thirty times as long is spared until the next time, and twice as long each time that was of little use.</summary>
    private void Collect()
    {
        var start = Stopwatch.GetTimestamp();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        _collected = Stopwatch.GetTimestamp();
        _spared = Environment.WorkingSet < InUse ? Spared : Math.Min(2 * _spared, MostSpared);
        _collectionRest = _spared * Stopwatch.GetElapsedTime(start, _collected);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Memory that is not in use is not given back any more.")]
    private static partial void Ended(ILogger log, Exception exception);
}
