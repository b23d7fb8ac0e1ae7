using System.Runtime.Versioning;

namespace Shop.Infrastructure.LocalDatabase;

/// <summary>The user as whom the server runs: ourselves, or "postgres" when we are root, whom PostgreSQL refuses.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class ServerAccount
{
    private const string User = "postgres";
    private const string FirstClosedFolder = """for folder; do [ -x "$folder" ] || { echo "$folder"; exit 0; }; done""";

    private readonly bool _other;

    private ServerAccount(bool other)
    {
        _other = other;
    }

    /// <summary>The words to put before a command so that this user runs it.</summary>
    public IReadOnlyList<string> Prefix { get; private init; } = [];

    public static ServerAccount Choose()
    {
        if (!Environment.IsPrivilegedProcess)
            return new ServerAccount(other: false);
        var setpriv = Command.Find("setpriv") ?? throw new LocalDatabaseException(
            "PostgreSQL refuses to run as root, and the program setpriv, which starts it as another user, is missing: "
            + "install util-linux, or start the shop as an ordinary user.");
        return new ServerAccount(other: true) { Prefix = [setpriv, $"--reuid={User}", $"--regid={User}", "--clear-groups"] };
    }

    /// <summary>Gives files and folders, with all that is in them, to the server's user.</summary>
    public async Task GiveAsync(IEnumerable<string> paths, CancellationToken ct)
    {
        var existing = paths.Where(Path.Exists).ToArray();
        if (!_other || existing.Length == 0)
            return;
        var (exitCode, output) = await Command.RunAsync(["chown", "-R", "-h", $"{User}:{User}", .. existing], ct);
        if (exitCode != 0)
            throw new LocalDatabaseException($"The database's files can't be given to user \"{User}\": {output}");
    }

    /// <summary>Makes sure that the server's user can reach the data directory.</summary>
    public async Task EnterAsync(ClusterFolder folder, CancellationToken ct)
    {
        if (!_other)
            return;
        var closed = await FindClosedFolderAsync(folder.Root, ct);
        if (closed == folder.Root && folder.HoldsOnlyOurs)
        {
            await GiveAsync([folder.Root], ct);
            closed = await FindClosedFolderAsync(folder.Root, ct);
        }

        if (closed.Length > 0)
            throw new LocalDatabaseException(
                $"The folder {closed} can't be entered by user \"{User}\", who runs the database server when the shop is started as root: "
                + "choose another folder by the setting Shop:DataDirectory (environment: Shop__DataDirectory=/var/lib/shop).");
    }

    private async Task<string> FindClosedFolderAsync(string path, CancellationToken ct)
    {
        var folders = new Stack<string>();
        for (var folder = path; folder is not null; folder = Path.GetDirectoryName(folder))
            folders.Push(folder);
        var (exitCode, output) = await Command.RunAsync([.. Prefix, "/bin/sh", "-c", FirstClosedFolder, "sh", .. folders], ct);
        return exitCode == 0
            ? output
            : throw new LocalDatabaseException(
                $"The database server can't be started as user \"{User}\" ({output}): install PostgreSQL's server package, which makes that user, "
                + "or start the shop as an ordinary user.");
    }
}
