using System.Data;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Shop.Infrastructure.Persistence.SqlServer;

/// <summary>
/// Turns on row versions: READ_COMMITTED_SNAPSHOT, so that readers and writers don't wait for each other, and snapshot isolation, by which the
/// audit sees one moment. Both belong to the database and stay on. Where that is not allowed the shop runs, and says what to do: what must
/// see one moment holds up writers meanwhile.
/// </summary>
internal sealed partial class SqlServerSetup(ShopDbContext db, SnapshotReads reads, ILogger<SqlServerSetup> log) : IDatabaseSetup
{
    public const string ReadState = """
        SELECT CAST(is_read_committed_snapshot_on AS int) + 2 * CASE WHEN snapshot_isolation_state IN (1, 3) THEN 1 ELSE 0 END AS [Value]
        FROM sys.databases WHERE name = DB_NAME()
        """;

    /// <summary>Fails at once while somebody else is connected, rather than wait for them or throw them out.</summary>
    public const string UseRowVersions = "ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH NO_WAIT";

    public const string AllowSnapshots = "ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON";

    private const int RowVersionsOn = 1;
    private const int SnapshotsAllowed = 2;

    public async Task ApplyAsync(CancellationToken cancellationToken)
    {
        var state = (await db.Database.SqlQueryRaw<int>(ReadState).ToListAsync(cancellationToken)).SingleOrDefault();
        if ((state & RowVersionsOn) == 0)
        {
            // The pool's own connections would be somebody else
            SqlConnection.ClearAllPools();
            await TryAsync(UseRowVersions, cancellationToken);
        }

        if ((state & SnapshotsAllowed) == 0 && !await TryAsync(AllowSnapshots, cancellationToken))
        {
            reads.Level = IsolationLevel.Serializable;
        }
    }

    private async Task<bool> TryAsync(string statement, CancellationToken cancellationToken)
    {
        try
        {
            await db.Database.ExecuteSqlRawAsync(statement, cancellationToken);
            return true;
        }
        catch (SqlException exception)
        {
            LogRefused(log, statement, exception.Message);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database refused '{Statement}' ({Reason}). The shop runs without; its owner may run the statement once, while nobody is connected.")]
    private static partial void LogRefused(ILogger log, string statement, string reason);
}
