using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Shop.Infrastructure.Caching;

/// <summary>
/// Makes what was committed count: on this node at once, on others soon after. PostgreSQL lets only one transaction at a time commit a
/// NOTIFY, so orders don't carry one: what they changed is gathered for a moment and told in one go. A node that dies within that
/// moment leaves the others with what they have until its <see cref="ICatalogFeed.Lifetime"/> is over.
/// </summary>
internal sealed partial class CatalogTeller(CatalogFreshness freshness, ICatalogFeed feed, ILogger<CatalogTeller> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private HashSet<long> _untold = [];

    /// <summary>Takes note of what a transaction has changed, or may have.</summary>
    /// <param name="changes">What; all nodes know of everything, since that is told by the transaction itself.</param>
    public void Note(CatalogChanges changes)
    {
        if (changes.IsEverything)
        {
            freshness.ChangeAll();
        }
        else if (changes.Products.Count > 0)
        {
            freshness.Change(changes.Products);
            Add(changes.Products);
            _signal.Writer.TryWrite(true);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TellAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _signal.Reader.WaitToReadAsync(stoppingToken))
            {
                _signal.Reader.TryRead(out _);
                await TellAsync(stoppingToken);
                await Task.Delay(Pause, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    /// <summary>What can't be told now is told with what comes next, or a moment later.</summary>
    private async Task TellAsync(CancellationToken cancellationToken)
    {
        var products = Take();
        if (products.Count == 0)
        {
            return;
        }

        try
        {
            await feed.TellAsync(products, cancellationToken);
        }
        catch (Exception exception)
        {
            Add(products);
            _signal.Writer.TryWrite(true);
            LogUntold(exception);
        }
    }

    private void Add(IReadOnlyCollection<long> products)
    {
        lock (_lock)
        {
            _untold.UnionWith(products);
        }
    }

    private HashSet<long> Take()
    {
        lock (_lock)
        {
            (var taken, _untold) = (_untold, []);
            return taken;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Other nodes could not be told what changed in the catalog; it is tried again.")]
    private partial void LogUntold(Exception exception);
}
