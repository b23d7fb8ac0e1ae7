using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shop.Infrastructure.Outbox;

namespace Shop.Infrastructure.Webhooks;

/// <summary>Serves every subscription by a task of its own, so that a slow receiver holds up nobody but itself.</summary>
internal sealed partial class WebhookDispatcher(WebhookWorker worker, WebhookPurge purge, OutboxSignal signal, ILogger<WebhookDispatcher> log)
    : BackgroundService
{
    /// <summary>How many deliveries one node has on their way to one receiver.</summary>
    public const int SentAtOnce = 4;

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

    /// <summary>Sends while there is something to send, always as much at once as may be: one that hangs takes one place alone.</summary>
    private async Task ServeAsync(long webhookId, CancellationToken stopping)
    {
        var sending = new List<Task>();
        do
        {
            var woken = signal.Next;
            await TryAsync(
                async () =>
                {
                    var begun = await worker.BeginAsync(webhookId, SentAtOnce - sending.Count, stopping);
                    sending.AddRange(begun.Select(each => TryAsync(() => each, stopping)));
                },
                stopping);
            var full = sending.Count == SentAtOnce;
            await Task.WhenAny([.. sending, .. full ? [] : (Task[])[woken, Task.Delay(LookInterval, stopping)]]);
            sending.RemoveAll(each => each.IsCompleted);
        }
        while (sending.Count > 0 && !stopping.IsCancellationRequested);
        await Task.WhenAll(sending);
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

    [LoggerMessage(Level = LogLevel.Error, Message = "Deliveries of webhooks could not be read; it is tried again in a moment.")]
    private static partial void Interrupted(ILogger log, Exception exception);
}
