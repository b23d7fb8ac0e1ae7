using Shop.Infrastructure.Caching;

namespace Shop.Infrastructure.Persistence.SqlServer;

/// <summary>SQL Server tells nobody of changes, so what was read is believed for less than the second in which others must see them.</summary>
internal sealed class SqlServerCatalogFeed : ICatalogFeed
{
    public TimeSpan Lifetime => TimeSpan.FromMilliseconds(900);

    public Task TellEverythingAsync(ShopDbContext db, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task TellSignInsAsync(ShopDbContext db, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task TellAsync(IReadOnlyCollection<long> products, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task FollowAsync(CatalogFreshness freshness, CancellationToken cancellationToken)
    {
        freshness.Follow();
        return Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
    }
}
