using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Shop.Infrastructure.LocalDatabase;
using Shop.TestKit;

namespace Shop.Infrastructure.IntegrationTests.LocalDatabase;

[UnsupportedOSPlatform("windows")]
internal static class Clusters
{
    private static readonly Lazy<Task<string>> Made = new(MakeAsync);

    public static readonly LocalClusterSettings Small = new() { Durable = false, MaxConnections = 20, SharedBuffersMegabytes = 16 };

    public static async Task<string?> AskAsync(LocalCluster cluster, string sql)
    {
        await using var connection = new NpgsqlConnection(cluster.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    public static Task<LocalCluster> StartAsync(string path, LocalClusterRole role) =>
        LocalCluster.StartAsync(path, Small with { Role = role }, NullLogger.Instance, CancellationToken.None);

    /// <summary>Puts a stopped cluster there: a copy, which is quicker than making one.</summary>
    public static async Task PutAsync(string path)
    {
        var (exitCode, output) = await Command.RunAsync(["cp", "-a", await Made.Value, path], CancellationToken.None);
        exitCode.ShouldBe(0, output);
    }

    /// <summary>Deletes the cluster that the copies were taken from.</summary>
    public static async Task DeleteMadeAsync()
    {
        if (Made.IsValueCreated)
            TestFolders.TryDelete(await Made.Value);
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

    private static async Task<string> MakeAsync()
    {
        var path = TestFolders.NewPath();
        await using var cluster = await StartAsync(path, LocalClusterRole.Owner);
        await AskAsync(cluster, "CREATE TABLE kept AS SELECT 42 AS answer");
        return path;
    }
}
