using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shop.Application.Abstractions;
using Shop.Infrastructure.Analytics;
using Shop.Infrastructure.Caching;
using Shop.Infrastructure.Payments.Sandbox;
using Shop.Infrastructure.Persistence.Backfill;
using Shop.Infrastructure.Persistence.Paging;
using Shop.Infrastructure.Startup;

namespace Shop.Infrastructure.Persistence.PostgreSql;

internal static class PostgreSqlRegistration
{
    public static IServiceCollection AddPostgreSql(this IServiceCollection services) =>
        services
            .AddDbContextPool<ShopDbContext, PostgreSqlShopDbContext>((provider, options) => options
                .UseNpgsql(
                    provider.GetRequiredService<DatabaseAddress>().ConnectionString,
                    postgres => postgres.EnableRetryOnFailure(maxRetryCount: 5, maxRetryDelay: TimeSpan.FromMilliseconds(500), errorCodesToAdd: null))
                .AddInterceptors(new PostgreSqlPlans(), new AheadInterceptor(), new CommitsOnce())
                .ReplaceService<IDatabase, PostgreSqlSaving>()
                .UseShopConventions(provider)
                .AddInterceptors(new AppendedRows()))
            .AddSingleton<DbProviderFactory>(NpgsqlFactory.Instance)
            .AddSingleton<IDatabaseErrors, PostgreSqlErrors>()
            .AddSingleton<IStartCheck, PostgreSqlStartCheck>()
            .AddSingleton<IKeysetComparison, PostgreSqlKeysetComparison>()
            .AddSingleton(new SnapshotReads(IsolationLevel.RepeatableRead))
            .AddSingleton<ICatalogFeed, PostgreSqlCatalogFeed>()
            .AddScoped(typeof(IRepository<>), typeof(PostgreSqlRepository<>))
            .AddScoped<Subscribers, PostgreSqlSubscribers>()
            .AddScoped<CatalogReads>()
            .AddScoped<ICatalogReads, PostgreSqlCatalogReads>()
            .AddScoped<ITextSearch, PostgreSqlTextSearch>()
            .AddScoped<IStock, PostgreSqlStock>()
            .AddScoped<ICartLines, PostgreSqlCartLines>()
            .AddScoped<ILocks, PostgreSqlLocks>()
            .AddScoped<IOutboxClaims, PostgreSqlOutboxClaims>()
            .AddScoped<ISalesBooks, PostgreSqlSalesBooks>()
            .AddScoped<IWebhookClaims, PostgreSqlWebhookClaims>()
            .AddScoped<ISandboxBooks, PostgreSqlSandboxBooks>()
            .AddScoped<IBackfillTables, PostgreSqlBackfillTables>()
            .AddScoped<IBackfill, Backfill.Backfill>();
}
