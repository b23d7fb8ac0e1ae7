using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;

namespace Shop.Infrastructure.LocalDatabase;

/// <summary>The layout of a data directory. The folder itself may hold other things; only what is named here is ours.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class ClusterFolder
{
    public const UnixFileMode PrivateFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Passage = PrivateFolder | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const string SocketFile = ".s.PGSQL.5432";
    private const string TemporarySocketPrefix = "shop-socket-";
    private const long LargestLog = 1 << 20;

    public ClusterFolder(string path)
    {
        Root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
    }

    public string Root { get; }

    public string Cluster => Path.Combine(Root, "postgres");

    public string Sockets => Path.Combine(Root, "run");

    public string Log => Path.Combine(Root, "postgres.log");

    public string Lock => Path.Combine(Root, "lock");

    public string Holder => Path.Combine(Root, "lock.holder");

    public string Password => Path.Combine(Root, "password");

    public IEnumerable<string> UnfinishedClusters => Directory.EnumerateDirectories(Root, "postgres.new-*");

    /// <summary>Whether nothing but the local database's own files is in the folder.</summary>
    public bool HoldsOnlyOurs =>
        Directory.EnumerateFileSystemEntries(Root)
            .All(e => e == Cluster || e == Sockets || e == Lock || e == Holder || e == Password
                || e.StartsWith(Log, StringComparison.Ordinal) || UnfinishedClusters.Contains(e));

    /// <summary>Makes the folder when it is missing. The server of a root shop is another user and must be able to pass through it.</summary>
    public void Create()
    {
        if (Path.GetDirectoryName(Root) is { } parent)
            Directory.CreateDirectory(parent);
        Directory.CreateDirectory(Root, Environment.IsPrivilegedProcess ? Passage : PrivateFolder);
    }

    public string NewClusterPath() => Path.Combine(Root, $"postgres.new-{Guid.NewGuid():N}");

    public string ReadPassword() =>
        File.Exists(Password)
            ? File.ReadAllText(Password).Trim()
            : throw new LocalDatabaseException(
                $"The file {Password} is missing, and without it the database beside it can't be opened: put it back from a backup, "
                + $"or move {Root} away to begin with an empty database.");

    public void WriteNewPassword()
    {
        File.Delete(Password);
        using var file = new FileStream(Password, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = PrivateFile,
        });
        file.Write(Encoding.ASCII.GetBytes(RandomNumberGenerator.GetHexString(48, lowercase: true) + "\n"));
        file.Flush(flushToDisk: true);
    }

    /// <summary>
    /// Makes the folder of the server's socket, for the holder of the lock when no server runs: in the data directory, or, when that path does not fit into a socket address or would be
    /// read as a list of hosts, a new private one under the system's temporary folder.
    /// </summary>
    public string CreateSocketFolder()
    {
        if (FitsSocketAddress(Sockets))
        {
            Directory.CreateDirectory(Sockets, PrivateFolder);
            DeleteStaleSocket();
            return Sockets;
        }

        var temporary = Directory.CreateTempSubdirectory(TemporarySocketPrefix).FullName;
        return FitsSocketAddress(temporary)
            ? temporary
            : throw new LocalDatabaseException(
                $"Both {Sockets} and the system's temporary folder are too long for a socket's address: "
                + "choose a shorter folder by the setting Shop:DataDirectory (environment: Shop__DataDirectory).");
    }

    public static void DeleteIfTemporary(string? socketFolder)
    {
        if (Path.GetFileName(socketFolder)?.StartsWith(TemporarySocketPrefix, StringComparison.Ordinal) == true && Directory.Exists(socketFolder))
            Directory.Delete(socketFolder, recursive: true);
    }

    /// <summary>Keeps at most the current log and one older, of about a megabyte each.</summary>
    public void RotateLog()
    {
        if (new FileInfo(Log) is { Exists: true, Length: > LargestLog })
            File.Move(Log, Log + ".1", overwrite: true);
    }

    private void DeleteStaleSocket()
    {
        // Its lock file would stop the next server when another process has got the number of the killed one, or nobody has reaped that
        File.Delete(Path.Combine(Sockets, SocketFile));
        File.Delete(Path.Combine(Sockets, SocketFile + ".lock"));
    }

    private static bool FitsSocketAddress(string folder)
    {
        var longest = OperatingSystem.IsMacOS() ? 103 : 107;
        return Encoding.UTF8.GetByteCount(Path.Combine(folder, SocketFile)) <= longest && folder.IndexOfAny([',', ':', '"']) < 0;
    }
}
