using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shop.Infrastructure.Outbox;

namespace Shop.Infrastructure.Webhooks;

/// <summary>Serves every subscription by a task of its own, so that a slow receiver holds up nobody but itself.</summary>
internal sealed partial class WebhookDispatcher(WebhookWorker worker, WebhookPurge purge, OutboxSignal signal, ILogger<WebhookDispatcher> log)
    : BackgroundService
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PurgeInterval = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(LookAsync(stoppingToken), PurgeAsync(stoppingToken));

    private async Task LookAsync(CancellationToken stopping)
    {
        var served = new Dictionary<long, Task>();
        while (!stopping.IsCancellationRequested)
        {
            var woken = signal.Next;
            await TryAsync(
                async () =>
                {
                    foreach (var id in await worker.FindBusyAsync(stopping))
                    {
                        if (!served.TryGetValue(id, out var serving) || serving.IsCompleted)
                        {
                            served[id] = ServeAsync(id, stopping);
                        }
                    }
                },
                stopping);
            await Task.WhenAny(woken, Task.Delay(LookInterval, stopping));
        }

        await Task.WhenAll(served.Values);
    }

    private Task ServeAsync(long webhookId, CancellationToken stopping) => TryAsync(
        async () =>
        {
            while (await worker.RunAsync(webhookId, stopping) > 0)
            {
            }
        },
        stopping);

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

    [LoggerMessage(Level = LogLevel.Error, Message = "Deliveries of webhooks could not be read; it is tried again in a moment.")]
    private static partial void Interrupted(ILogger log, Exception exception);
}
