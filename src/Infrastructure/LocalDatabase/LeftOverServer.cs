using System.Diagnostics;
using System.Runtime.Versioning;

namespace Shop.Infrastructure.LocalDatabase;

/// <summary>
/// What a killed shop has left in the folder: a server that still runs, single processes of it, or files alone. It is stopped rather than adopted,
/// so that the server of a running shop is always its child and has its settings.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal static class LeftOverServer
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Clears the way for a new server. The caller holds the folder's lock, so no shop needs what is found.</summary>
    /// <returns>Whether there was anything.</returns>
    public static async Task<bool> StopAsync(ClusterFolder folder, CancellationToken ct)
    {
        if (Postmaster.Read(folder.Cluster) is not { } postmaster)
            return false;
        if (postmaster.IsRunning())
            postmaster.RequestStop();
        else
            postmaster.Abort();

        if (!await IsGoneWithinAsync(postmaster, ServerProcess.StopTimeout, ct))
        {
            postmaster.Abort();
            if (!await IsGoneWithinAsync(postmaster, TimeSpan.FromSeconds(10), ct))
                throw new LocalDatabaseException(
                    $"A PostgreSQL server (process {postmaster.Pid}) that an earlier shop has left on {folder.Cluster} does not stop: end it, and start again.");
        }

        // The server would refuse to start when some other process has got the number by now
        File.Delete(Postmaster.PidFile(folder.Cluster));
        ClusterFolder.DeleteIfTemporary(postmaster.SocketFolder);
        return true;
    }

    private static async Task<bool> IsGoneWithinAsync(Postmaster postmaster, TimeSpan time, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        while (!postmaster.IsGone())
        {
            if (clock.Elapsed > time)
                return false;
            await Task.Delay(Pause, ct);
        }

        return true;
    }
}
