using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Microsoft.Extensions.Logging;
using Npgsql;
using Shop.Infrastructure.Persistence.PostgreSql;

namespace Shop.Infrastructure.LocalDatabase;

/// <summary>
/// A PostgreSQL cluster of the shop's own in a folder, made when the folder is new and reachable through a private socket and a password alone.
/// </summary>
internal sealed partial class LocalCluster : IAsyncDisposable
{
    /// <summary>The owner and superuser of the cluster.</summary>
    public const string User = "shop";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly ServerProcess? _server;
    private readonly FolderLock? _lock;
    private bool _disposed;

    private LocalCluster(string connectionString, ServerProcess? server = null, int? serverPid = null, FolderLock? taken = null)
    {
        ConnectionString = connectionString;
        _server = server;
        _lock = taken;
        ServerPid = serverPid;
    }

    /// <summary>Reaches the database <c>shop</c>, which exists, as its owner and superuser. Holds the password: not for logs.</summary>
    public string ConnectionString { get; }

    /// <summary>The server's process, or null when another process has started it.</summary>
    public int? ServerPid { get; }

    /// <summary>
    /// Starts the cluster in a folder, or as a visitor attaches to it; makes what is missing and clears what a killed shop has left. The
    /// server is stopped by disposing.
    /// </summary>
    /// <exception cref="LocalDatabaseException">The folder is in use, can't be used, or the server is missing or does not start.</exception>
    public static async Task<LocalCluster> StartAsync(string dataDirectory, LocalClusterSettings settings, ILogger log, CancellationToken ct)
    {
        if (OperatingSystem.IsWindows())
            throw new LocalDatabaseException(
                "The local database runs on Linux and macOS: set Shop:Database to PostgreSql or SqlServer with a connection string.");
        var folder = new ClusterFolder(dataDirectory);
        try
        {
            folder.Create();
            return settings.Role == LocalClusterRole.Owner
                ? await StartAsOwnerAsync(folder, settings, log, ct)
                : await StartAsVisitorAsync(folder, settings, log, ct);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new LocalDatabaseException(
                $"The folder {folder.Root} belongs to another user ({e.Message}): start the shop as that user (with sudo, when it was first started "
                + "so), or choose another folder by the setting Shop:DataDirectory (environment: Shop__DataDirectory).",
                e);
        }
    }

    /// <summary>Closes the pool's connections and stops the server that this object has started, in good order.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        using (var pool = new NpgsqlConnection(ConnectionString))
            NpgsqlConnection.ClearPool(pool);
        if (_server is not null && !OperatingSystem.IsWindows())
        {
            await _server.StopAsync();
            _server.Dispose();
            _lock?.Dispose();
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static async Task<LocalCluster> StartAsOwnerAsync(ClusterFolder folder, LocalClusterSettings settings, ILogger log, CancellationToken ct)
    {
        if (FolderLock.TryTake(folder, LocalClusterRole.Owner) is { } taken)
            return await StartServerAsync(folder, settings, taken, log, ct);
        var (pid, role) = FolderLock.ReadHolder(folder);
        var user = role == LocalClusterRole.Visitor ? "a running command" : "another shop";
        var process = pid?.ToString(CultureInfo.InvariantCulture) ?? "unknown";
        throw new LocalDatabaseException(
            $"The folder {folder.Root} is in use by {user} (process {process}): stop that first, "
            + "or give this shop a folder of its own by the setting Shop:DataDirectory (environment: Shop__DataDirectory).");
    }

    [UnsupportedOSPlatform("windows")]
    private static async Task<LocalCluster> StartAsVisitorAsync(ClusterFolder folder, LocalClusterSettings settings, ILogger log, CancellationToken ct)
    {
        var (clock, waitedFor) = (Stopwatch.StartNew(), (int?)null);
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            if (FolderLock.TryTake(folder, LocalClusterRole.Visitor) is { } taken)
                return await StartServerAsync(folder, settings, taken, log, ct);
            var (pid, role) = FolderLock.ReadHolder(folder);
            if (role == LocalClusterRole.Visitor)
            {
                if (pid != waitedFor)
                    WaitingForCommand(log, folder.Root, pid);
                waitedFor = pid;
                clock.Restart();
            }
            else if (await TryAttachAsync(folder, ct) is { } connectionString)
            {
                return new LocalCluster(connectionString);
            }

            if (clock.Elapsed > settings.StartTimeout)
                throw new LocalDatabaseException(
                    $"The shop that runs on {folder.Root} (process {pid}) has a database that does not answer: see {folder.Log}, or restart the shop.");
            await Task.Delay(Pause, ct);
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static async Task<LocalCluster> StartServerAsync(
        ClusterFolder folder, LocalClusterSettings settings, FolderLock taken, ILogger log, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            var account = ServerAccount.Choose();
            await account.EnterAsync(folder, ct);
            var binaries = await PostgresBinaries.FindAsync(folder.Cluster, ct);
            if (await ClusterFiles.EnsureAsync(folder, binaries, account, settings.Durable, ct))
                ClusterMade(log, folder.Cluster, binaries.Major);
            else if (await LeftOverServer.StopAsync(folder, ct))
                LeftOverCleared(log, folder.Cluster);

            var sockets = folder.CreateSocketFolder();
            await account.GiveAsync([folder.Cluster, folder.Password, sockets], ct);
            var connectionString = ConnectionTo("shop", sockets, folder.ReadPassword());
            var server = ServerProcess.Start(folder, binaries, account, sockets, settings);
            try
            {
                await Readiness.WaitAsync(server, ConnectionTo("postgres", sockets, folder.ReadPassword()), settings.StartTimeout, ct);
            }
            catch
            {
                await server.StopAsync();
                server.Dispose();
                throw;
            }

            Started(log, folder.Root, binaries.Major, clock.ElapsedMilliseconds);
            return new LocalCluster(connectionString, server, server.Pid, taken);
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    /// <summary>The connection string of the running server, or null while it is not ready or its database is not made.</summary>
    [UnsupportedOSPlatform("windows")]
    private static async Task<string?> TryAttachAsync(ClusterFolder folder, CancellationToken ct)
    {
        if (Postmaster.Read(folder.Cluster)?.SocketFolder is not { Length: > 0 } sockets || !File.Exists(folder.Password))
            return null;
        var connectionString = ConnectionTo("shop", sockets, folder.ReadPassword());
        return await Readiness.AnswersAsync(connectionString, ct) ? connectionString : null;
    }

    private static string ConnectionTo(string database, string socketFolder, string password) =>
        PostgreSqlTuning.Apply(new NpgsqlConnectionStringBuilder
        {
            Host = socketFolder,
            Port = 5432,
            Database = database,
            Username = User,
            Password = password,
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
        }.ConnectionString);

    [LoggerMessage(LogLevel.Information, "Made a PostgreSQL {Version} database in {Folder}.")]
    private static partial void ClusterMade(ILogger logger, string folder, int version);

    [LoggerMessage(LogLevel.Warning, "The shop was not stopped in good order last time: cleared away the database server that it had left on {Folder}.")]
    private static partial void LeftOverCleared(ILogger logger, string folder);

    [LoggerMessage(LogLevel.Information, "The local database in {Folder} (PostgreSQL {Version}) is ready after {Milliseconds} ms.")]
    private static partial void Started(ILogger logger, string folder, int version, long milliseconds);

    [LoggerMessage(LogLevel.Information, "Waiting until the command that uses {Folder} (process {Pid}) has ended.")]
    private static partial void WaitingForCommand(ILogger logger, string folder, int? pid);
}
