using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Npgsql;

namespace Shop.Infrastructure.LocalDatabase;

/// <summary>Finds out whether a server accepts connections, by connecting.</summary>
internal static class Readiness
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Waits until the server answers, and makes the shop's database when it is missing.</summary>
    /// <param name="server">The server that was just started.</param>
    /// <param name="maintenance">Reaches the database <c>postgres</c>.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="ct">Ends the waiting.</param>
    [UnsupportedOSPlatform("windows")]
    public static async Task WaitAsync(ServerProcess server, string maintenance, TimeSpan timeout, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            try
            {
                await EnsureDatabaseAsync(maintenance, ct);
                return;
            }
            catch (NpgsqlException e) when (IsNotReady(e))
            {
                if (server.HasExited)
                    throw new LocalDatabaseException($"The local database server did not start. The end of its log:\n{server.ReadLogTail()}");
                if (clock.Elapsed > timeout)
                    throw new LocalDatabaseException(string.Create(
                        CultureInfo.InvariantCulture,
                        $"The local database server did not accept connections within {timeout.TotalSeconds:0} s. The end of its log:\n{server.ReadLogTail()}"));
            }
            catch (PostgresException e)
            {
                throw new LocalDatabaseException($"The local database server refuses the shop: {e.MessageText}.", e);
            }

            await Task.Delay(Pause, ct);
        }
    }

    /// <summary>Whether the database can be connected to now.</summary>
    public static async Task<bool> AnswersAsync(string connectionString, CancellationToken ct)
    {
        try
        {
            await using var connection = await OpenAsync(connectionString, ct);
            return true;
        }
        catch (NpgsqlException e) when (IsNotReady(e))
        {
            return false;
        }
    }

    private static async Task EnsureDatabaseAsync(string maintenance, CancellationToken ct)
    {
        await using var connection = await OpenAsync(maintenance, ct);
        await using var find = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = 'shop'", connection);
        if (await find.ExecuteScalarAsync(ct) is not null)
            return;
        await using var create = new NpgsqlCommand("CREATE DATABASE shop", connection);
        await create.ExecuteNonQueryAsync(ct);
    }

    private static async Task<NpgsqlConnection> OpenAsync(string connectionString, CancellationToken ct)
    {
        var unpooled = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Timeout = 5 };
        var connection = new NpgsqlConnection(unpooled.ConnectionString);
        try
        {
            await connection.OpenAsync(ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static bool IsNotReady(NpgsqlException e) =>
        e is not PostgresException refused
        || refused.SqlState is PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown
            or PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.TooManyConnections;
}
