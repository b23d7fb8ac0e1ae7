using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using System.Text;

namespace Shop.Infrastructure.LocalDatabase;

/// <summary>A server that this process has started, as its child.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class ServerProcess : IDisposable
{
    /// <summary>How long a fast shutdown may take: its checkpoint writes up to the whole page cache.</summary>
    public static readonly TimeSpan StopTimeout = TimeSpan.FromMinutes(1);

    private const string WriteToLog = """umask 077; exec "$@" >>"$0" 2>&1 </dev/null""";
    private const int TailLength = 2000;

    private readonly Process _process;
    private readonly ClusterFolder _folder;
    private readonly long _logStart;

    private ServerProcess(Process process, ClusterFolder folder, string socketFolder, long logStart)
    {
        _process = process;
        _folder = folder;
        SocketFolder = socketFolder;
        _logStart = logStart;
    }

    public string SocketFolder { get; }

    public int Pid => _process.Id;

    public bool HasExited => _process.HasExited;

    public static ServerProcess Start(
        ClusterFolder folder, PostgresBinaries binaries, ServerAccount account, string socketFolder, LocalClusterSettings settings)
    {
        folder.RotateLog();
        var log = new FileInfo(folder.Log);
        var logStart = log.Exists ? log.Length : 0;
        var process = Command.Start(
            [
                "/bin/sh", "-c", WriteToLog, folder.Log, .. OwnSession(), .. account.Prefix,
                binaries.Server, "-D", folder.Cluster, .. Settings(folder, socketFolder, settings).SelectMany(s => new[] { "-c", s }),
            ], captured: false);
        return new ServerProcess(process, folder, socketFolder, logStart);
    }

    /// <summary>Shuts the server down and waits for its end: first in good order, then at once, which costs a recovery at the next start.</summary>
    public async Task StopAsync()
    {
        if (!_process.HasExited)
            Postmaster.RequestStop(_process);
        if (!await ExitsWithinAsync(StopTimeout))
        {
            Postmaster.Read(_folder.Cluster)?.Abort();
            if (!await ExitsWithinAsync(TimeSpan.FromSeconds(10)))
            {
                _process.Kill();
                await _process.WaitForExitAsync(CancellationToken.None);
            }
        }

        ClusterFolder.DeleteIfTemporary(SocketFolder);
    }

    /// <summary>What the server has written to its log since it was started, the end of it.</summary>
    public string ReadLogTail()
    {
        if (!File.Exists(_folder.Log))
            return "";
        using var file = new FileStream(_folder.Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Position = Math.Max(_logStart, file.Length - TailLength);
        using var reader = new StreamReader(file, Encoding.UTF8);
        return reader.ReadToEnd().Trim();
    }

    public void Dispose() => _process.Dispose();

    /// <summary>A session of its own keeps the terminal's Ctrl+C, which goes to all programs in the foreground, from the server.</summary>
    private static string[] OwnSession() =>
        Command.Find("setsid") is { } setsid
            ? [setsid]
            : ["perl", "-e", "use POSIX; POSIX::setsid(); exec @ARGV or die qq($!);", "--"];

    private static IEnumerable<string> Settings(ClusterFolder folder, string socketFolder, LocalClusterSettings settings)
    {
        yield return "listen_addresses=";
        yield return $"unix_socket_directories={socketFolder}";
        yield return "unix_socket_permissions=0700";
        yield return "port=5432";
        yield return $"cluster_name={Postmaster.NameOf(folder.Cluster)}";
        yield return string.Create(CultureInfo.InvariantCulture, $"max_connections={settings.MaxConnections}");
        yield return string.Create(CultureInfo.InvariantCulture, $"shared_buffers={settings.SharedBuffersMegabytes}MB");
        yield return "timezone=UTC";

        // Nobody replicates this cluster, and loading a new table is cheaper without a log for replicas
        yield return "wal_level=minimal";
        yield return "max_wal_senders=0";

        // Refused statements are answered to the shop, which logs them without the customers' data that the server would add
        yield return "log_min_messages=log";
        yield return "log_checkpoints=off";
        yield return "logging_collector=off";

        if (settings.Durable)
            yield break;
        yield return "fsync=off";
        yield return "synchronous_commit=off";
        yield return "full_page_writes=off";
    }

    private async Task<bool> ExitsWithinAsync(TimeSpan time)
    {
        using var timeout = new CancellationTokenSource(time);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
