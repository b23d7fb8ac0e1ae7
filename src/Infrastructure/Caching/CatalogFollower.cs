using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Shop.Infrastructure.Caching;

/// <summary>Keeps this node listening to the changes of others. While it can't, nothing is taken for fresh.</summary>
internal sealed partial class CatalogFollower(CatalogFreshness freshness, ICatalogFeed feed, ILogger<CatalogFollower> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await feed.FollowAsync(freshness, stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
            }
            catch (Exception exception)
            {
                LogLost(exception);
            }
            finally
            {
                freshness.Lose();
            }

            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The connection that tells of changes in the catalog is lost; nothing is cached until it is there again.")]
    private partial void LogLost(Exception exception);
}
