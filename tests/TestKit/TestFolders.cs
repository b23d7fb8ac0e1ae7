using System.Runtime.Versioning;
using Shop.Infrastructure.LocalDatabase;

namespace Shop.TestKit;

/// <summary>Folders for the clusters of tests, where user postgres may enter: in memory when there is plenty, else under the system's temporary folder.</summary>
[UnsupportedOSPlatform("windows")]
public static class TestFolders
{
    private const string Prefix = "shop-test-";
    private const string Memory = "/dev/shm";
    private const long Plenty = 2L << 30;

    private static readonly TimeSpan StartingTime = TimeSpan.FromMinutes(1);

    /// <summary>A path that does not exist yet.</summary>
    public static string NewPath() => Path.Combine(Place(), $"{Prefix}{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}");

    /// <summary>Deletes what killed test runs have left, servers included.</summary>
    public static void DeleteLeftOvers()
    {
        string[] places = [Path.GetTempPath(), Memory];
        foreach (var path in places.Where(Directory.Exists).SelectMany(place => Directory.EnumerateDirectories(place, Prefix + "*")))
        {
            // A folder this young may belong to a run that has not taken its lock yet
            if (DateTime.UtcNow - Directory.GetLastWriteTimeUtc(path) > StartingTime)
                TryDelete(path);
        }
    }

    /// <summary>Deletes a cluster's folder, and ends the server that may be left on it, unless a process uses it.</summary>
    /// <returns>Whether it is gone.</returns>
    public static bool TryDelete(string path)
    {
        try
        {
            if (!Directory.Exists(path))
                return true;
            var folder = new ClusterFolder(path);
            using var taken = FolderLock.TryTake(folder, LocalClusterRole.Visitor);
            if (taken is null)
                return false;
            var leftOver = Postmaster.Read(folder.Cluster);
            leftOver?.Abort();
            SpinWait.SpinUntil(() => leftOver?.IsGone() != false, TimeSpan.FromSeconds(10));
            ClusterFolder.DeleteIfTemporary(leftOver?.SocketFolder);
            Directory.Delete(path, recursive: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user's, or another run is deleting it too
            return false;
        }
    }

    /// <summary>A database is some 300 files: making and dropping many of them is several times faster where no disk takes part.</summary>
    private static string Place() =>
        Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace > Plenty ? Memory : Path.GetTempPath();
}
