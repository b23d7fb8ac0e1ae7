using System.Globalization;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Shop.Infrastructure.Memory;

namespace Shop.Infrastructure.IntegrationTests.Memory;

[Platform("Linux")]
[SupportedOSPlatform("linux")]
internal sealed class ProgramPagesTests
{
    private const int Size = 1024 * 1024;
    private readonly ManualClock _clock = new();
    private string _path = "";
    private MemoryMappedFile _file = null!;

    [SetUp]
    public void MakeFile()
    {
        _path = Path.Combine(Path.GetTempPath(), $"a - b w {Guid.NewGuid():N}.dll");
        File.WriteAllBytes(_path, [.. Enumerable.Repeat((byte)7, Size)]);
        _file = MemoryMappedFile.CreateFromFile(_path, FileMode.Open, mapName: null, Size, MemoryMappedFileAccess.ReadWrite);
    }

    [TearDown]
    public void DeleteFile()
    {
        _file.Dispose();
        File.Delete(_path);
    }

    [Test]
    public void Pages_of_a_file_that_were_read_are_given_back_and_read_again()
    {
        using var view = _file.CreateViewAccessor(0, Size, MemoryMappedFileAccess.Read);
        ReadAll(view);
        var pages = new ProgramPages(_clock);

        pages.GiveBack();
        _clock.Now += 999;
        pages.GiveBack();
        ResidentOf(view).ShouldBe(Size, "a mapping that was not seen a second before may still be being made");
        _clock.Now += 1;
        pages.GiveBack();

        ResidentOf(view).ShouldBe(0);
        ReadAll(view);
    }

    [Test]
    public void Pages_that_were_written_are_kept()
    {
        using var view = _file.CreateViewAccessor(0, Size, MemoryMappedFileAccess.CopyOnWrite);
        ReadAll(view);
        view.Write(Size / 2, (byte)8);
        Protect(Start(view), Size, prot: 1).ShouldBe(0); // PROT_READ: as code after it was relocated
        var pages = new ProgramPages(_clock);

        pages.GiveBack();
        _clock.Now += 1000;
        pages.GiveBack();

        view.ReadByte(Size / 2).ShouldBe((byte)8);
    }

    [Test]
    public void Pages_of_files_that_are_no_programs_are_kept()
    {
        var data = Path.ChangeExtension(_path, ".data");
        File.Move(_path, data);
        _path = data;
        using var file = MemoryMappedFile.CreateFromFile(data, FileMode.Open, mapName: null, Size, MemoryMappedFileAccess.ReadWrite);
        using var view = file.CreateViewAccessor(0, Size, MemoryMappedFileAccess.Read);
        ReadAll(view);
        var pages = new ProgramPages(_clock);

        pages.GiveBack();
        _clock.Now += 1000;
        pages.GiveBack();

        ResidentOf(view).ShouldBe(Size);
    }

    [Test]
    public void Pages_of_the_running_program_are_given_back_while_it_runs()
    {
        var pages = new ProgramPages(_clock);
        pages.GiveBack();
        _clock.Now += 1000;
        var before = ResidentOfFiles();
        pages.GiveBack();

        ResidentOfFiles().ShouldBeLessThan(before);
    }

    private static void ReadAll(MemoryMappedViewAccessor view)
    {
        for (var at = 0; at < Size; at += Environment.SystemPageSize)
        {
            view.ReadByte(at).ShouldBe((byte)7);
        }
    }

    private static long ResidentOfFiles() =>
        long.Parse(File.ReadLines("/proc/self/status").Single(line => line.StartsWith("RssFile:", StringComparison.Ordinal)).Split(' ')[^2], CultureInfo.InvariantCulture);

    private static long ResidentOf(MemoryMappedViewAccessor view)
    {
        var start = Start(view).ToString("x", CultureInfo.InvariantCulture);
        var resident = File.ReadLines("/proc/self/smaps").SkipWhile(line => !line.StartsWith(start, StringComparison.Ordinal)).First(line => line.StartsWith("Rss:", StringComparison.Ordinal));
        return 1024 * long.Parse(resident.AsSpan("Rss:".Length).TrimEnd("kB"), CultureInfo.InvariantCulture);
    }

    private static nint Start(MemoryMappedViewAccessor view) => view.SafeMemoryMappedViewHandle.DangerousGetHandle();

    [DllImport("libc", EntryPoint = "mprotect")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Protect(nint address, nint length, int prot);
}
