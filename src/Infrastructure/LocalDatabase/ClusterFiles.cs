using System.Runtime.Versioning;

namespace Shop.Infrastructure.LocalDatabase;

/// <summary>Makes the files of a cluster. They get their name only when they are complete, so what has the name is never made twice or deleted.</summary>
[UnsupportedOSPlatform("windows")]
internal static class ClusterFiles
{
    private static readonly string[] DurableOptions = [];
    private static readonly string[] FastOptions = ["--no-sync"];

    /// <summary>Makes the cluster unless it is there. The caller holds the folder's lock.</summary>
    /// <returns>Whether it was made.</returns>
    public static async Task<bool> EnsureAsync(
        ClusterFolder folder, PostgresBinaries binaries, ServerAccount account, bool durable, CancellationToken ct)
    {
        DeleteUnfinished(folder);
        if (File.Exists(Path.Combine(folder.Cluster, "PG_VERSION")))
            return false;
        if (Directory.Exists(folder.Cluster) && Directory.EnumerateFileSystemEntries(folder.Cluster).Any())
            throw new LocalDatabaseException(
                $"The folder {folder.Cluster} holds files but no PostgreSQL database: move it away, or choose another folder by the setting "
                + "Shop:DataDirectory (environment: Shop__DataDirectory).");

        var unfinished = Directory.CreateDirectory(folder.NewClusterPath(), ClusterFolder.PrivateFolder).FullName;
        folder.WriteNewPassword();
        await account.GiveAsync([unfinished, folder.Password], ct);
        var (exitCode, output) = await Command.RunAsync(
            [
                .. account.Prefix, binaries.InitDb, "--pgdata", unfinished, "--username", LocalCluster.User, "--pwfile", folder.Password,
                "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", .. durable ? DurableOptions : FastOptions,
            ], ct);
        if (exitCode != 0)
            throw new LocalDatabaseException($"PostgreSQL's initdb could not make a database in {folder.Root}: {output}");

        if (Directory.Exists(folder.Cluster))
            Directory.Delete(folder.Cluster);
        Directory.Move(unfinished, folder.Cluster);
        if (durable)
            await Command.RunAsync(["sync", folder.Root], ct);
        return true;
    }

    private static void DeleteUnfinished(ClusterFolder folder)
    {
        foreach (var leftOver in folder.UnfinishedClusters)
        {
            try
            {
                Directory.Delete(leftOver, recursive: true);
            }
            catch (IOException)
            {
                // The initdb of a shop killed a moment ago may still be writing there: the next start deletes it
            }
        }
    }
}
