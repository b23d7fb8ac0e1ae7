using System.Data;
using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Shop.Application.Abstractions;
using Shop.Infrastructure.Analytics;
using Shop.Infrastructure.Caching;
using Shop.Infrastructure.Payments.Sandbox;
using Shop.Infrastructure.Persistence.Backfill;
using Shop.Infrastructure.Persistence.Paging;

namespace Shop.Infrastructure.Persistence.SqlServer;

internal static class SqlServerRegistration
{
    public static IServiceCollection AddSqlServer(this IServiceCollection services, ShopSettings settings) =>
        services
            .AddDbContextPool<ShopDbContext, SqlServerShopDbContext>((provider, options) => options
                .UseShopSqlServer(
                    provider.GetRequiredService<DatabaseAddress>().ConnectionString,
                    server =>
                    {
                        server.EnableRetryOnFailure(maxRetryCount: 5, maxRetryDelay: TimeSpan.FromMilliseconds(500), errorNumbersToAdd: null);
                        Batch(server, settings.SqlServerMaxBatchSize);
                    })
                .UseShopConventions(provider))
            .AddSingleton<DbProviderFactory>(SqlClientFactory.Instance)
            .AddSingleton<IDatabaseErrors, SqlServerErrors>()
            .AddSingleton<IKeysetComparison, SqlServerKeysetComparison>()
            .AddSingleton<ICatalogFeed, SqlServerCatalogFeed>()
            .AddScoped(typeof(IRepository<>), typeof(EfRepository<>))
            .AddScoped<Subscribers>()
            .AddScoped<ICatalogReads, CatalogReads>()
            .AddScoped<IStock, Stock>()
            .AddScoped<ILocks, SqlServerLocks>()
            .AddScoped<ITextSearch, SqlServerTextSearch>()
            .AddSingleton<SqlServerWordList>()
            .AddHostedService<SqlServerWordJob>()
            .AddScoped<IOutboxClaims, SqlServerOutboxClaims>()
            .AddScoped<ISalesBooks, SqlServerSalesBooks>()
            .AddScoped<IWebhookClaims, SqlServerWebhookClaims>()
            .AddScoped<ISandboxBooks, SqlServerSandboxBooks>()
            .AddSingleton(new SnapshotReads(IsolationLevel.Snapshot))
            .AddScoped<IDatabaseSetup, SqlServerSetup>()
            .AddScoped<IBackfillTables, SqlServerBackfillTables>()
            .AddScoped<IBackfill, Backfill.Backfill>();

    /// <summary>The provider as the shop uses it, with a server or, to know the model and its migrations, without.</summary>
    public static DbContextOptionsBuilder UseShopSqlServer(
        this DbContextOptionsBuilder options, string? connectionString, Action<SqlServerDbContextOptionsBuilder>? configure = null) =>
        options.UseSqlServer(connectionString, configure)
            .ReplaceService<IMigrationsSqlGenerator, SqlServerMigrationsSql>()
            .AddInterceptors(new WordListInterceptor());

    /// <summary>How many statements go in one round trip; null leaves it to EF Core.</summary>
    public static void Batch(SqlServerDbContextOptionsBuilder server, int? size)
    {
        if (size is not null)
        {
            server.MaxBatchSize(size.Value);
        }
    }
}
