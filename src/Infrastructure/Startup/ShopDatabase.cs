using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shop.Infrastructure.Analytics;
using Shop.Infrastructure.Demo;
using Shop.Infrastructure.LocalDatabase;
using Shop.Infrastructure.Persistence;
using Shop.Infrastructure.Persistence.Configurations;
using Shop.Infrastructure.Persistence.PostgreSql;
using Shop.Infrastructure.Persistence.SqlServer;

namespace Shop.Infrastructure.Startup;

/// <summary>The shop's database, from start to stop.</summary>
public sealed class ShopDatabase : IAsyncDisposable
{
    private readonly IAsyncDisposable? _cluster;

    private ShopDatabase(IAsyncDisposable? cluster) => _cluster = cluster;

    /// <summary>Starts the local database, or finds the one that is configured.</summary>
    /// <param name="services">The composed shop.</param>
    /// <param name="visit">True for a command, which shares the local database with a running shop; false for the shop itself.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Dispose of it last: that stops a local database.</returns>
    /// <exception cref="SettingException">It can't be started with what is configured.</exception>
    public static async Task<ShopDatabase> StartAsync(IServiceProvider services, bool visit, CancellationToken cancellationToken)
    {
        var settings = services.GetRequiredService<ShopSettings>();
        var address = services.GetRequiredService<DatabaseAddress>();
        if (settings.Database != DatabaseKind.Local)
        {
            address.ConnectionString = settings.Database == DatabaseKind.PostgreSql ? PostgreSqlTuning.Apply(settings.ConnectionString!) : settings.ConnectionString!;
            return new ShopDatabase(null);
        }

        try
        {
            var role = visit ? LocalClusterRole.Visitor : LocalClusterRole.Owner;
            var log = services.GetRequiredService<ILogger<LocalCluster>>();
            var cluster = await LocalCluster.StartAsync(settings.DataDirectory, new LocalClusterSettings { Role = role }, log, cancellationToken);
            address.ConnectionString = cluster.ConnectionString;
            return new ShopDatabase(cluster);
        }
        catch (LocalDatabaseException exception)
        {
            throw new SettingException(exception.Message);
        }
    }

    /// <summary>Brings the schema up to date. Several nodes may do so at once; one does the work, the others wait.</summary>
    /// <param name="services">The composed shop.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SettingException">The server can't be reached.</exception>
    public static async Task MigrateAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        if (services.GetService<IStartCheck>() is { } check && await check.IsReadyAsync(cancellationToken))
        {
            return;
        }

        await using var scope = services.CreateAsyncScope();
        await ReachAsync(scope.ServiceProvider, async db =>
        {
            if ((await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
            {
                // A large shop takes as long as it takes
                db.Database.SetCommandTimeout(TimeSpan.Zero);
                await db.Database.MigrateAsync(cancellationToken);
            }

            await db.Database.ExecuteSqlRawAsync(db.Dialect.AppendOnly(AuditLogConfiguration.Table), cancellationToken);

            foreach (var setup in scope.ServiceProvider.GetServices<IDatabaseSetup>())
            {
                await setup.ApplyAsync(cancellationToken);
            }

            return true;
        });
        await scope.ServiceProvider.GetRequiredService<SalesOpening>().EnsureAsync(cancellationToken);
        await scope.ServiceProvider.GetRequiredService<FirstAdmin>().EnsureAsync(cancellationToken);
    }

    /// <summary>Fills an empty shop with goods, customers, orders and reviews to look at.</summary>
    /// <param name="services">The composed shop.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when the shop has products and was left alone.</returns>
    public static async Task<bool> SeedAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<DemoShop>().FillAsync(cancellationToken);
    }

    /// <summary>All migrations as idempotent SQL; needs no server.</summary>
    /// <param name="kind">For which database.</param>
    public static string Script(DatabaseKind kind)
    {
        using ShopDbContext db = kind == DatabaseKind.SqlServer ? SqlServerShopDbContext.WithoutServer() : PostgreSqlShopDbContext.WithoutServer();
        return db.Dialect.ScriptHead + db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent)
            + Environment.NewLine + db.Dialect.AppendOnly(AuditLogConfiguration.Table) + Environment.NewLine;
    }

    /// <summary>Works with the database, or says in one line why nobody can.</summary>
    /// <exception cref="SettingException">The server can't be reached, or refuses to be used.</exception>
    internal static async Task<T> ReachAsync<T>(IServiceProvider services, Func<ShopDbContext, Task<T>> work)
    {
        var db = services.GetRequiredService<ShopDbContext>();
        var errors = services.GetRequiredService<IDatabaseErrors>();
        try
        {
            return await work(db);
        }
        catch (Exception exception) when (errors.WhyUnusable(exception) is { } reason)
        {
            var server = db.Database.GetDbConnection().DataSource;
            throw new SettingException($"No database can be used at '{server}' ({reason}): start it, or correct ConnectionStrings:Shop.");
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _cluster?.DisposeAsync() ?? ValueTask.CompletedTask;
}
