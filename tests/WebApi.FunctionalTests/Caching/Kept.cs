using Microsoft.Extensions.DependencyInjection;
using Shop.Infrastructure.Caching;
using Shop.Infrastructure.Persistence;
using Shop.Infrastructure.Persistence.PostgreSql;
using Shop.Infrastructure.Persistence.SqlServer;
using Shop.TestKit;
using Shop.WebApi.FunctionalTests.Support;
using Shop.WebApi.Http.Caching;

namespace Shop.WebApi.FunctionalTests.Caching;

/// <summary>Looks at what a shop caches.</summary>
internal static class Kept
{
    /// <summary>Makes what is cached last, so that nothing but a change ends it.</summary>
    public static void ForLong(this IServiceCollection services) =>
        services.AddSingleton<ICatalogFeed>(provider => new PatientFeed(
            TestCluster.IsSqlServer ? new SqlServerCatalogFeed() : ActivatorUtilities.CreateInstance<PostgreSqlCatalogFeed>(provider)));

    /// <summary>Reads until the answer comes from the cache; other tests may change lists meanwhile.</summary>
    public static async Task<Answer> ReadCachedAsync(this ShopServer shop, string path)
    {
        var reader = shop.Anonymous();
        var cache = shop.Services.GetRequiredService<AnswerCache>();
        Answer? read = null;
        await Until.TrueAsync(async () =>
        {
            read = (await reader.GetAsync(path)).ShouldBe(200);
            return cache.Find(path) is not null;
        });
        return read!;
    }

    /// <summary>Changes a row of which the shop hears nothing.</summary>
    public static async Task TamperAsync(this ShopServer shop, string sql)
    {
        await using var connection = TestCluster.Connect(shop.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private sealed class PatientFeed(ICatalogFeed feed) : ICatalogFeed
    {
        public TimeSpan Lifetime => TimeSpan.FromHours(1);

        public Task TellEverythingAsync(ShopDbContext db, CancellationToken cancellationToken) => feed.TellEverythingAsync(db, cancellationToken);

        public Task TellSignInsAsync(ShopDbContext db, CancellationToken cancellationToken) => feed.TellSignInsAsync(db, cancellationToken);

        public Task TellAsync(IReadOnlyCollection<long> products, CancellationToken cancellationToken) => feed.TellAsync(products, cancellationToken);

        public Task FollowAsync(CatalogFreshness freshness, CancellationToken cancellationToken) => feed.FollowAsync(freshness, cancellationToken);
    }
}
