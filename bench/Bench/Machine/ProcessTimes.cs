using System.Globalization;

namespace Shop.Bench.Machine;

/// <summary>What the kernel counts for a process. Linux only, as the bench is.</summary>
internal static class ProcessTimes
{
    private const int TicksPerSecond = 100; // USER_HZ, which no Linux that .NET runs on has otherwise
    private const int ParentField = 1;
    private const int UserTimeField = 11;
    private const long BytesPerKilobyte = 1024;

    /// <summary>Processor time of a process, in user and system mode.</summary>
    public static TimeSpan Cpu(int pid) => Ticks(pid, UserTimeField, UserTimeField + 1);

    /// <summary>Processor time of a PostgreSQL server: of its postmaster, of its children, and of those of them that have ended.</summary>
    public static TimeSpan ServerCpu(int postmaster) =>
        Children(postmaster).Aggregate(
            Ticks(postmaster, UserTimeField, UserTimeField + 1, UserTimeField + 2, UserTimeField + 3), (sum, child) => sum + Cpu(child));

    /// <summary>Memory that a process occupies now, in bytes.</summary>
    public static long Resident(int pid) => Status(pid, "VmRSS:");

    /// <summary>The most memory that a process occupied since <see cref="ForgetPeak"/>, in bytes.</summary>
    public static long PeakResident(int pid) => Status(pid, "VmHWM:");

    /// <summary>Has the kernel begin anew with a process's peak.</summary>
    public static void ForgetPeak(int pid) => File.WriteAllText($"/proc/{pid}/clear_refs", "5");

    private static long Status(int pid, string name) =>
        long.Parse(
            File.ReadLines($"/proc/{pid}/status").First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..^"kB".Length],
            CultureInfo.InvariantCulture) * BytesPerKilobyte;

    private static IEnumerable<int> Children(int parent) =>
        Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var pid) ? pid : 0)
            .Where(pid => pid > 0 && Fields(pid) is { } fields && int.Parse(fields[ParentField], CultureInfo.InvariantCulture) == parent);

    private static TimeSpan Ticks(int pid, params ReadOnlySpan<int> fields)
    {
        var all = Fields(pid);
        long ticks = 0;
        foreach (var field in fields)
            ticks += all is null ? 0 : long.Parse(all[field], CultureInfo.InvariantCulture);
        return TimeSpan.FromSeconds((double)ticks / TicksPerSecond);
    }

    /// <summary>The fields of /proc/PID/stat after the program's name, which may itself hold spaces; null when the process is gone.</summary>
    private static string[]? Fields(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
