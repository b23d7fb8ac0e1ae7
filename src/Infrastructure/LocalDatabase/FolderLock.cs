using System.Globalization;
using System.Runtime.Versioning;

namespace Shop.Infrastructure.LocalDatabase;

/// <summary>
/// The right to run a server on a folder: a kernel lock, so that it ends with the process however that ends. Who holds it stands in a file
/// beside it, because a locked file can't be read by others.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream _file;
    private readonly string _holder;

    private FolderLock(FileStream file, string holder)
    {
        _file = file;
        _holder = holder;
    }

    /// <summary>Takes the lock, or returns null when another process, or another part of this one, has it.</summary>
    public static FolderLock? TryTake(ClusterFolder folder, LocalClusterRole role)
    {
        FileStream file;
        try
        {
            file = new FileStream(folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e.GetType() == typeof(IOException) && File.Exists(folder.Lock))
        {
            return null;
        }

        File.WriteAllText(folder.Holder, string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId} {role}\n"));
        return new FolderLock(file, folder.Holder);
    }

    /// <summary>The process that holds the lock and its role; nulls while it changes hands.</summary>
    public static (int? Pid, LocalClusterRole? Role) ReadHolder(ClusterFolder folder)
    {
        try
        {
            return File.ReadAllText(folder.Holder).Split(' ', '\n') is [var pid, var role, ..]
                && int.TryParse(pid, CultureInfo.InvariantCulture, out var id)
                && Enum.TryParse<LocalClusterRole>(role, out var known)
                    ? (id, known)
                    : (null, null);
        }
        catch (IOException)
        {
            return (null, null);
        }
    }

    public void Dispose()
    {
        File.Delete(_holder);
        _file.Dispose();
    }
}
