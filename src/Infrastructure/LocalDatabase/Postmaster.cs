using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Shop.Infrastructure.LocalDatabase;

/// <summary>A server as the file postmaster.pid in its data directory tells: it may be running, or have died long ago.</summary>
internal sealed record Postmaster(int Pid, string Cluster, string? SocketFolder)
{
    private const int Interrupt = 2;
    private const int Quit = 3;

    /// <summary>Reads the file, or returns null when there is none, or none that is complete.</summary>
    public static Postmaster? Read(string cluster)
    {
        try
        {
            var lines = File.ReadAllLines(PidFile(cluster));
            return lines.Length >= 2 && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var pid)
                ? new Postmaster(Math.Abs(pid), lines[1], lines.Length >= 5 ? lines[4] : null)
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    public static string PidFile(string cluster) => Path.Combine(cluster, "postmaster.pid");

    /// <summary>The name by which the processes of a cluster's server can be told from those of others.</summary>
    public static string NameOf(string cluster) =>
        "shop-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(cluster)))[..12];

    /// <summary>
    /// Whether the process is a server on this cluster. Its number alone says nothing: after a restart of the machine or in a container any
    /// other process may have it, even another PostgreSQL.
    /// </summary>
    public bool IsRunning()
    {
        if (OperatingSystem.IsLinux())
            return CommandLine(Pid) is { } line && line.Contains("postgres", StringComparison.Ordinal) && line.Split('\0').Contains(Cluster);
        try
        {
            using var ps = Process.Start(new ProcessStartInfo("ps", ["-o", "args=", "-p", Pid.ToString(CultureInfo.InvariantCulture)])
            {
                RedirectStandardOutput = true,
            })!;
            return ps.StandardOutput.ReadToEnd().Contains($" {Cluster} ", StringComparison.Ordinal);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Sends a fast shutdown: sessions are ended, and what is committed is written.</summary>
    public void RequestStop() => Signal(Pid, Interrupt);

    /// <summary>Ends all processes of the server at once; the next start recovers from the log. Also reaches those that outlived their postmaster.</summary>
    public void Abort()
    {
        if (IsRunning())
            Signal(Pid, Quit);
        foreach (var pid in Orphans())
            Signal(pid, Quit);
    }

    /// <summary>Whether any process of the server is left.</summary>
    public bool IsGone() => !IsRunning() && !Orphans().Any();

    /// <summary>Sends a fast shutdown to a server that this process has started.</summary>
    public static void RequestStop(Process server) => Signal(server.Id, Interrupt);

    private IEnumerable<int> Orphans()
    {
        if (!OperatingSystem.IsLinux())
            return [];
        var title = $"postgres: {NameOf(Cluster)}: ";
        return Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var pid) ? pid : 0)
            .Where(pid => pid > 0 && CommandLine(pid)?.StartsWith(title, StringComparison.Ordinal) == true);
    }

    private static string? CommandLine(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void Signal(int pid, int signal) => _ = Kill(pid, signal);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int pid, int signal);
}
