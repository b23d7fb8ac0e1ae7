using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Shop.Infrastructure.Memory;

/// <summary>
/// Pages of this process that Linux can read again from a file: code and metadata of the assemblies and libraries. Starting up and compiling go through
/// nearly all of them once, in 64 KiB at each touch; they count as the process's memory from then on, until the machine runs out of it.
/// </summary>
internal sealed class ProgramPages(TimeProvider clock)
{
    private const int DontNeed = 4; // MADV_DONTNEED
    private static readonly TimeSpan Loading = TimeSpan.FromSeconds(1);
    private Dictionary<string, long> _known = [];
    private bool _trims = true;

    /// <summary>
    /// Gives the pages back, and those that the C library keeps though they are free. What is used again is mapped again from the file cache, at some
    /// microseconds for 64 KiB. Pages that were written, such as relocated ones, stay, and so does a mapping that no call has seen a second before: it may be being made.
    /// </summary>
    public void GiveBack()
    {
        using var pageMap = File.OpenHandle("/proc/self/pagemap");
        var known = new Dictionary<string, long>();
        foreach (var line in File.ReadLines("/proc/self/maps"))
        {
            if (Mapping.OfProgram(line) is { IsWritable: false } mapping)
            {
                var seen = known[line] = _known.GetValueOrDefault(line, clock.GetTimestamp());
                if (clock.GetElapsedTime(seen) >= Loading && IsUnwritten(pageMap, mapping))
                {
                    _ = Advise(mapping.Start, mapping.Length, DontNeed);
                }
            }
        }

        _known = known;
        Trim();
    }

    /// <remarks>Bits of an entry: https://docs.kernel.org/admin-guide/mm/pagemap.html.</remarks>
    private static bool IsUnwritten(SafeFileHandle pageMap, Mapping mapping)
    {
        const ulong Present = 1UL << 63;
        const ulong Swapped = 1UL << 62;
        const ulong OfFile = 1UL << 61;
        var pages = new ulong[mapping.Length / Environment.SystemPageSize];
        var read = RandomAccess.Read(pageMap, MemoryMarshal.AsBytes(pages.AsSpan()), mapping.Start / Environment.SystemPageSize * sizeof(ulong));
        return read == pages.Length * sizeof(ulong)
            && Array.TrueForAll(pages, page => (page & (Present | Swapped)) == 0 || (page & (Present | OfFile)) == (Present | OfFile));
    }

    private void Trim()
    {
        try
        {
            if (_trims)
            {
                _ = TrimHeap(0);
            }
        }
        catch (EntryPointNotFoundException)
        {
            _trims = false; // a C library other than glibc
        }
    }

    [DllImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Advise(nint address, nint length, int advice);

    [DllImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int TrimHeap(nint pad);

    /// <summary>A line of <c>/proc/self/maps</c>: <c>start-end permissions offset device inode path</c>.</summary>
    private readonly record struct Mapping(nint Start, nint Length, bool IsWritable)
    {
        /// <summary>Null for any mapping but those of assemblies and libraries; most are others.</summary>
        public static Mapping? OfProgram(string line)
        {
            if (!line.EndsWith(".dll", StringComparison.Ordinal) && !line.Contains(".so", StringComparison.Ordinal))
            {
                return null;
            }

            var (dash, space) = (line.IndexOf('-', StringComparison.Ordinal), line.IndexOf(' ', StringComparison.Ordinal));
            var (start, end) = (Address(line.AsSpan(..dash)), Address(line.AsSpan((dash + 1)..space)));
            return new(start, end - start, line[space + 2] == 'w');
        }

        private static nint Address(ReadOnlySpan<char> hex) => nint.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
