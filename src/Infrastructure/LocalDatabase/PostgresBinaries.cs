using System.Globalization;
using System.Text.RegularExpressions;

namespace Shop.Infrastructure.LocalDatabase;

/// <summary>An installed PostgreSQL server.</summary>
/// <param name="Folder">Where <c>postgres</c> and <c>initdb</c> are.</param>
/// <param name="Major">The major version, which decides whether a data directory can be opened.</param>
internal sealed partial record PostgresBinaries(string Folder, int Major)
{
    private static readonly string[] Places =
    [
        "/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/libexec/postgresql*", "/usr/local/pgsql/bin", "/opt/homebrew/bin",
        "/opt/homebrew/opt/postgresql*/bin", "/usr/local/opt/postgresql*/bin", "/Applications/Postgres.app/Contents/Versions/*/bin",
    ];

    public string Server => Path.Combine(Folder, "postgres");

    public string InitDb => Path.Combine(Folder, "initdb");

    /// <summary>
    /// Finds the binaries for a cluster: of the version that made it, or, when there is none yet, the first in the search path or else the newest.
    /// </summary>
    public static async Task<PostgresBinaries> FindAsync(string cluster, CancellationToken ct)
    {
        var wanted = await ReadVersionAsync(cluster, ct);
        var found = new SortedSet<int>();
        foreach (var folder in Folders())
        {
            var (_, output) = await Command.RunAsync([Path.Combine(folder, "postgres"), "--version"], ct);
            if (!int.TryParse(MajorVersion().Match(output).Value, CultureInfo.InvariantCulture, out var major))
                continue;
            if (wanted is null || wanted == major)
                return new PostgresBinaries(folder, major);
            found.Add(major);
        }

        throw found.Count == 0
            ? new LocalDatabaseException(
                "PostgreSQL's server programs (postgres, initdb) are not installed: install them (Debian, Ubuntu: apt-get install postgresql; "
                + "Fedora: dnf install postgresql-server; macOS: brew install postgresql), or set Shop:Database to PostgreSql or SqlServer "
                + "with the connection string of a server that is there.")
            : new LocalDatabaseException(
                $"The database in {cluster} was made by PostgreSQL {wanted}, but only version {string.Join(" and ", found)} is installed: "
                + $"install version {wanted} beside it, convert the folder with pg_upgrade, or move it away to begin with an empty database.");
    }

    internal static IEnumerable<string> Folders()
    {
        var path = Command.SearchPath.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return path.Concat(Places.SelectMany(Expand))
            .Where(folder => File.Exists(Path.Combine(folder, "postgres")) && File.Exists(Path.Combine(folder, "initdb")));
    }

    private static async Task<int?> ReadVersionAsync(string cluster, CancellationToken ct)
    {
        var file = Path.Combine(cluster, "PG_VERSION");
        return File.Exists(file) ? int.Parse(await File.ReadAllTextAsync(file, ct), CultureInfo.InvariantCulture) : null;
    }

    private static IEnumerable<string> Expand(string place)
    {
        if (place.Split('*') is not [var before, var after])
            return [place];
        var parent = Path.GetDirectoryName(before)!;
        return Directory.Exists(parent)
            ? Directory.EnumerateDirectories(parent, Path.GetFileName(before) + "*")
                .OrderByDescending(f => int.TryParse(Digits().Match(Path.GetFileName(f)).Value, CultureInfo.InvariantCulture, out var n) ? n : 0)
                .Select(f => f + after)
            : [];
    }

    [GeneratedRegex(@"(?<=\(PostgreSQL\) )\d+")]
    private static partial Regex MajorVersion();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();
}
