using System.Globalization;
using Microsoft.Data.SqlClient;

namespace Shop.TestKit;

/// <summary>
/// Databases on a SQL Server. It can't copy one quickly, so each is made and migrated once, and emptied when a fixture has done with it, for
/// the next one to use.
/// </summary>
/// <param name="server">A connection string of a role that may create databases.</param>
/// <param name="run">Tells this run's databases from others'.</param>
internal sealed class SqlServerDatabases(string server, string run)
{
    private readonly Stack<string> _empty = [];
    private readonly HashSet<string> _made = [];
    private int _count;

    /// <summary>A migrated database without rows.</summary>
    public async Task<string> TakeAsync(Func<string, Task> migrate)
    {
        if (_empty.TryPop(out var ready))
            return ready;
        var made = await CreateAsync();
        await migrate(made);
        return made;
    }

    /// <summary>Makes a database without a table.</summary>
    public async Task<string> CreateAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"shop_test_{run}_{++_count}");
        await ExecuteAsync(server, $"CREATE DATABASE [{name}]");
        var connection = new SqlConnectionStringBuilder(server) { InitialCatalog = name }.ConnectionString;
        _made.Add(connection);
        return connection;
    }

    /// <summary>Takes a database back for the next fixture; one that was dropped meanwhile is none.</summary>
    public async Task ReturnAsync(string connection)
    {
        if (!_made.Contains(connection))
            return;
        await EmptyAsync(connection);
        _empty.Push(connection);
    }

    /// <summary>Drops a database, whoever is still connected to it.</summary>
    public async Task DropAsync(string connection)
    {
        var name = new SqlConnectionStringBuilder(connection).InitialCatalog;
        SqlConnection.ClearAllPools();
        await ExecuteAsync(server, $"IF DB_ID('{name}') IS NOT NULL ALTER DATABASE [{name}] SET SINGLE_USER WITH ROLLBACK IMMEDIATE");
        await ExecuteAsync(server, $"DROP DATABASE IF EXISTS [{name}]");
        _made.Remove(connection);
    }

    /// <summary>Drops all.</summary>
    public async Task DropAllAsync()
    {
        foreach (var connection in _made.ToArray())
            await DropAsync(connection);
    }

    /// <summary>
    /// Deletes all rows, table by table; one that others still refer to comes again when those are empty. Triggers that refuse it go, and come
    /// back when the next shop starts. Sequences go on, since this process may hold numbers that it took from them.
    /// </summary>
    private static async Task EmptyAsync(string connection)
    {
        foreach (var trigger in await NamesAsync(connection, "SELECT name FROM sys.triggers WHERE parent_class = 1"))
            await ExecuteAsync(connection, $"DROP TRIGGER [dbo].[{trigger}]");
        var tables = new Queue<string>(await NamesAsync(connection, "SELECT name FROM sys.tables WHERE name <> '__EFMigrationsHistory'"));
        for (var tries = tables.Count * tables.Count; tables.TryDequeue(out var table); tries--)
        {
            try
            {
                await ExecuteAsync(connection, $"DELETE FROM [dbo].[{table}]");
            }
            catch (SqlException exception) when (exception.Number == 547 && tries > 0)
            {
                tables.Enqueue(table);
            }
        }
    }

    private static async Task<List<string>> NamesAsync(string connectionString, string sql)
    {
        await using var connection = new SqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new SqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var names = new List<string>();
        while (await reader.ReadAsync())
            names.Add(reader.GetString(0));
        return names;
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new SqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new SqlCommand(sql, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync();
    }
}
