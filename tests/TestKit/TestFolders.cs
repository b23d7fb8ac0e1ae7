using System.Runtime.Versioning;
using Shop.Infrastructure.LocalDatabase;

namespace Shop.TestKit;

/// <summary>Folders for the clusters of tests, under the system's temporary folder, where user postgres may enter.</summary>
[UnsupportedOSPlatform("windows")]
public static class TestFolders
{
    private const string Prefix = "shop-test-";
    private static readonly TimeSpan StartingTime = TimeSpan.FromMinutes(1);

    /// <summary>A path that does not exist yet.</summary>
    public static string NewPath() => Path.Combine(Path.GetTempPath(), $"{Prefix}{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..8]}");

    /// <summary>Deletes what killed test runs have left, servers included.</summary>
    public static void DeleteLeftOvers()
    {
        foreach (var path in Directory.EnumerateDirectories(Path.GetTempPath(), Prefix + "*"))
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
}
