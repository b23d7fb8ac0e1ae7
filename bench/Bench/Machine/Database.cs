using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Shop.Infrastructure.LocalDatabase;

namespace Shop.Bench.Machine;

/// <summary>A durable PostgreSQL of the bench's own, with the settings that ./run gives its local database, and any number of shops in it.</summary>
internal sealed class Database : IAsyncDisposable
{
    private readonly LocalCluster _cluster;

    private Database(LocalCluster cluster)
    {
        _cluster = cluster;
        Interruption.Covers(this);
    }

    /// <summary>Processor time of the whole server so far.</summary>
    public TimeSpan Cpu => ProcessTimes.ServerCpu(_cluster.ServerPid!.Value);

    public static async Task<Database> StartAsync() =>
        new(await LocalCluster.StartAsync(
            Path.Combine(Workplace.Folder, "database"), new LocalClusterSettings { MaxConnections = 400 }, NullLogger.Instance, CancellationToken.None));

    /// <summary>Makes a database, with the shop's schema and admin and the catalog.</summary>
    /// <param name="name">The database's name.</param>
    /// <param name="catalog">The catalog.</param>
    /// <param name="more">Statements after those of the catalog.</param>
    public async Task<ShopData> CreateAsync(string name, Catalog catalog, IEnumerable<string>? more = null)
    {
        var data = await CreateEmptyAsync(name) with { Catalog = catalog };
        foreach (var statement in CatalogSql.Statements(catalog).Concat(more ?? []))
            await ExecuteAsync(data.ConnectionString, statement);
        await VacuumAsync(data);
        return data;
    }

    /// <summary>Makes a database, with the shop's schema and admin.</summary>
    /// <param name="name">The database's name.</param>
    public async Task<ShopData> CreateEmptyAsync(string name)
    {
        await ExecuteAsync(_cluster.ConnectionString, $"CREATE DATABASE {name}");
        var data = new ShopData(new NpgsqlConnectionStringBuilder(_cluster.ConnectionString) { Database = name }.ConnectionString, new Catalog(0));
        var (exitCode, output) = await App.RunAsync("migrate", data.Settings);
        return exitCode == 0 ? data : throw new BenchException($"The database could not be made: {output}");
    }

    /// <summary>Removes a database that nothing uses any more.</summary>
    public async Task DropAsync(ShopData data)
    {
        NpgsqlConnection.ClearAllPools();
        await ExecuteAsync(_cluster.ConnectionString, $"DROP DATABASE {new NpgsqlConnectionStringBuilder(data.ConnectionString).Database} WITH (FORCE)");
    }

    /// <summary>Leaves nothing to be done behind the back of what is measured next.</summary>
    /// <remarks>
    /// Empty tables stay as a new shop has them. Told that a table is empty, PostgreSQL plans to read all of it, and its connections keep
    /// to such plans while the table grows, until autovacuum has looked at it.
    /// </remarks>
    public static async Task VacuumAsync(ShopData data)
    {
        await using var connection = new NpgsqlConnection(data.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0", connection);
        var tables = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                tables.Add(reader.GetString(0));
        }

        await ExecuteAsync(data.ConnectionString, $"VACUUM ANALYZE {string.Join(", ", tables)}");
        await ExecuteAsync(data.ConnectionString, "CHECKPOINT");
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await _cluster.DisposeAsync();
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>A database with a shop in it.</summary>
/// <param name="ConnectionString">Reaches it; holds the password.</param>
/// <param name="Catalog">What it sells.</param>
internal sealed record ShopData(string ConnectionString, Catalog Catalog)
{
    public const string AdminEmail = "admin@example.org";
    public const string AdminPassword = "bench-password";

    /// <summary>How the shop runs on it: as in production, limits on, at a height that no run reaches.</summary>
    public Dictionary<string, string> Settings => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        ["Shop__Database"] = "PostgreSql",
        ["ConnectionStrings__Shop"] = ConnectionString,
        ["Shop__Admin__Email"] = AdminEmail,
        ["Shop__Admin__Password"] = AdminPassword,
        ["Shop__Demo"] = "false",
        ["Shop__Payments__Provider"] = "sandbox",
        ["Shop__RateLimits__RequestsPerMinute"] = "10000000",
    };
}
