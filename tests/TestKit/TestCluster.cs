using System.Data.Common;
using System.Globalization;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Shop.Infrastructure.LocalDatabase;

namespace Shop.TestKit;

/// <summary>
/// The PostgreSQL of a test process: one server, started when it is first needed, with as many databases as tests want. With
/// <c>SHOP_TEST_CONNECTION</c> it is that server instead, whose role must be allowed to create databases; a SQL Server with
/// <c>SHOP_TEST_DATABASE=SqlServer</c> beside it.
/// </summary>
public static class TestCluster
{
    private const int ConnectionsPerDatabase = 20;

    private static readonly SemaphoreSlim Gate = new(1);
    private static readonly string Run = Guid.NewGuid().ToString("N")[..8];
    private static readonly HashSet<string> Databases = [];
    private static SqlServerDatabases? _sqlServer;
    private static Func<string, Task>? _migrate;
    private static LocalCluster? _cluster;
    private static string? _folder;
    private static string? _server;
    private static string? _template;
    private static int _count;

    /// <summary>Whether the tests run on a SQL Server.</summary>
    public static bool IsSqlServer { get; } = Environment.GetEnvironmentVariable("SHOP_TEST_DATABASE") switch
    {
        null or "" => false,
        var name when name.Equals("PostgreSql", StringComparison.OrdinalIgnoreCase) => false,
        var name when name.Equals("SqlServer", StringComparison.OrdinalIgnoreCase) => true,
        var name => throw new InvalidOperationException($"SHOP_TEST_DATABASE is '{name}'; set it to PostgreSql or SqlServer."),
    };

    /// <summary>A connection of the right kind, not open yet.</summary>
    public static DbConnection Connect(string connectionString) =>
        IsSqlServer ? new SqlConnection(connectionString) : new NpgsqlConnection(connectionString);

    /// <summary>Makes the template that <see cref="CloneAsync"/> copies; later calls in the same process do nothing.</summary>
    /// <param name="migrate">Brings the empty database of the connection string up to date, and closes its connections.</param>
    public static Task CreateTemplateAsync(Func<string, Task> migrate) =>
        AloneAsync(async server =>
        {
            _migrate ??= migrate;
            if (_template is not null || _sqlServer is not null)
                return;
            var template = await CreateAsync(server, "template", "");
            await migrate(ConnectionTo(server, template, pooled: false));
            await ExecuteAsync(server, $"ALTER DATABASE {template} WITH ALLOW_CONNECTIONS false");
            await ExecuteAsync(server, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{template}'");
            _template = template;
        });

    /// <summary>Makes a database that is a copy of the template.</summary>
    /// <returns>Its connection string.</returns>
    public static Task<string> CloneAsync() =>
        AloneAsync(async server => _sqlServer is not null ? await _sqlServer.TakeAsync(Migrate) : ConnectionTo(server, await CreateAsync(
            server, "test", $"TEMPLATE {_template ?? throw new InvalidOperationException("Call CreateTemplateAsync before CloneAsync.")}")));

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its connection string.</returns>
    public static Task<string> CreateEmptyAsync() =>
        AloneAsync(async server => _sqlServer is not null ? await _sqlServer.CreateAsync() : ConnectionTo(server, await CreateAsync(server, "test", "")));

    /// <summary>Gives back what <see cref="CloneAsync"/> made: the next fixture may get it, without a row.</summary>
    public static Task ReturnAsync(string connectionString) =>
        IsSqlServer ? AloneAsync(async _ => await _sqlServer!.ReturnAsync(connectionString)) : DropAsync(connectionString);

    /// <summary>Drops a database that this class has made, whoever is still connected to it.</summary>
    public static Task DropAsync(string connectionString) =>
        AloneAsync(async server =>
        {
            if (_sqlServer is not null)
            {
                await _sqlServer.DropAsync(connectionString);
                return;
            }

            await using (var pool = new NpgsqlConnection(connectionString))
                NpgsqlConnection.ClearPool(pool);
            await DropAsync(server, new NpgsqlConnectionStringBuilder(connectionString).Database!);
        });

    /// <summary>Removes all that this process has made. To be called once, at its end.</summary>
    public static async Task StopAsync()
    {
        if (_server is null)
            return;
        if (_sqlServer is not null)
        {
            await _sqlServer.DropAllAsync();
            return;
        }

        NpgsqlConnection.ClearAllPools();
        if (_cluster is null)
        {
            await AloneAsync(async server =>
            {
                foreach (var database in Databases.ToArray())
                    await DropAsync(server, database);
            });
            return;
        }

        await _cluster.DisposeAsync();
        if (!OperatingSystem.IsWindows())
            TestFolders.TryDelete(_folder!);
    }

    private static Func<string, Task> Migrate => _migrate ?? throw new InvalidOperationException("Call CreateTemplateAsync before CloneAsync.");

    private static async Task<string> StartAsync()
    {
        var existing = Environment.GetEnvironmentVariable("SHOP_TEST_CONNECTION");
        if (IsSqlServer)
        {
            existing = string.IsNullOrEmpty(existing)
                ? throw new InvalidOperationException("SHOP_TEST_DATABASE is SqlServer; set SHOP_TEST_CONNECTION to the connection string of that server.")
                : existing;
            _sqlServer = new SqlServerDatabases(existing, Run);
        }

        if (!string.IsNullOrEmpty(existing))
            return existing;
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException("Set SHOP_TEST_CONNECTION to the connection string of a PostgreSQL server.");
        TestFolders.DeleteLeftOvers();
        _folder = TestFolders.NewPath();
        var settings = new LocalClusterSettings { Durable = false, MaxConnections = 1_200, SharedBuffersMegabytes = 64 };
        _cluster = await LocalCluster.StartAsync(_folder, settings, NullLogger.Instance, CancellationToken.None);
        return new NpgsqlConnectionStringBuilder(_cluster.ConnectionString) { Database = "postgres" }.ConnectionString;
    }

    /// <summary>Copying a template fails while another copy runs, so everything that makes databases takes turns.</summary>
    private static async Task<T> AloneAsync<T>(Func<string, Task<T>> action)
    {
        await Gate.WaitAsync();
        try
        {
            return await action(_server ??= await StartAsync());
        }
        finally
        {
            Gate.Release();
        }
    }

    private static Task<bool> AloneAsync(Func<string, Task> action) =>
        AloneAsync(async server =>
        {
            await action(server);
            return true;
        });

    private static async Task<string> CreateAsync(string server, string kind, string options)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"shop_{kind}_{Run}_{++_count}");
        await ExecuteAsync(server, $"CREATE DATABASE {name} {options}");
        Databases.Add(name);
        return name;
    }

    private static async Task DropAsync(string server, string database)
    {
        await ExecuteAsync(server, $"DROP DATABASE IF EXISTS {database} WITH (FORCE)");
        Databases.Remove(database);
    }

    private static string ConnectionTo(string server, string database, bool pooled = true) =>
        new NpgsqlConnectionStringBuilder(server) { Database = database, Pooling = pooled, MaxPoolSize = ConnectionsPerDatabase }.ConnectionString;

    private static async Task ExecuteAsync(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
