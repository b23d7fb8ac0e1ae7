using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Shop.Infrastructure.Outbox;

/// <summary>Keeps every consumer busy while there are events for it: woken by commits of this node, and looking once a second for those of others.</summary>
internal sealed partial class OutboxDispatcher(
    IEnumerable<EventConsumer> consumers, OutboxWorker worker, OutboxPurge purge, OutboxSignal signal, ILogger<OutboxDispatcher> log)
    : BackgroundService
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PurgeInterval = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll([.. consumers.Select(consumer => ServeAsync(consumer, stoppingToken)), PurgeAsync(stoppingToken)]);

    private async Task ServeAsync(EventConsumer consumer, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var woken = signal.Next;
            await TryAsync(
                async () =>
                {
                    while (await worker.RunAsync(consumer, stopping) > 0)
                    {
                    }
                },
                stopping);
            await Task.WhenAny(woken, Task.Delay(LookInterval, stopping));
        }
    }

    private async Task PurgeAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await TryAsync(() => purge.RunAsync(stopping), stopping);
            await Task.WhenAny(Task.Delay(PurgeInterval, stopping));
        }
    }

    /// <summary>What fails here is the way to the database, which comes back.</summary>
    private async Task TryAsync(Func<Task> work, CancellationToken stopping)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        catch (Exception exception)
        {
            Interrupted(log, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The outbox could not be read; it is tried again in a moment.")]
    private static partial void Interrupted(ILogger log, Exception exception);
}
