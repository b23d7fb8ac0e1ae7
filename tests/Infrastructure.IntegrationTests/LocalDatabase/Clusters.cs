using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Shop.Infrastructure.LocalDatabase;

namespace Shop.Infrastructure.IntegrationTests.LocalDatabase;

internal static class Clusters
{
    public static readonly LocalClusterSettings Small = new() { Durable = false, MaxConnections = 20, SharedBuffersMegabytes = 16 };

    public static async Task<string?> AskAsync(LocalCluster cluster, string sql)
    {
        await using var connection = new NpgsqlConnection(cluster.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    public static bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
