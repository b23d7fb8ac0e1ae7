using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Shop.Infrastructure.Jobs;

/// <summary>
/// Starts a worker a moment after the shop is up: what waits in the database has waited already, and the processors are needed for the
/// first callers, whose code is still being loaded.
/// </summary>
internal sealed class LateWorker<T>(T worker, IHostApplicationLifetime lifetime) : BackgroundService
    where T : BackgroundService
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await worker.StopAsync(cancellationToken);
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var up = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(stoppingToken);
        await Task.Delay(Grace, stoppingToken);
        await worker.StartAsync(stoppingToken);
        await worker.ExecuteTask!;
    }
}

internal static class LateWorkers
{
    /// <summary>Adds a worker that starts a moment after the shop is up.</summary>
    /// <param name="services">Where to.</param>
    public static IServiceCollection AddLateWorker<T>(this IServiceCollection services)
        where T : BackgroundService =>
        services.AddSingleton<T>().AddHostedService<LateWorker<T>>();
}
