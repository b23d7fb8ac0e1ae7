namespace Shop.Bench.Machine;

/// <summary>A folder for the length of a run, and where the built programs are.</summary>
internal static class Workplace
{
    /// <summary>Holds the database, logs and scripts of this run.</summary>
    public static string Folder { get; } = Make();

    /// <summary>The checkout of the project.</summary>
    public static string Project { get; } = Find();

    /// <summary>Where builds end up.</summary>
    public static string Artifacts { get; } = Path.Combine(Project, "artifacts");

    /// <summary>Removes the folder, unless what is in it explains a failure.</summary>
    public static void Remove() => Directory.Delete(Folder, recursive: true);

    private static string Make()
    {
        var folder = Directory.CreateTempSubdirectory("shop-bench-").FullName;
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        return folder;
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Shop.sln")))
                return folder.FullName;
        }

        throw new BenchException("The bench runs from a checkout of the project: start it by bench/run or bench/checkout.");
    }
}

/// <summary>The bench can't go on; the message says why.</summary>
internal sealed class BenchException(string message) : Exception(message);
