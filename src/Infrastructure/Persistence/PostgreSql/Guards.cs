using Npgsql;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>
/// Statements that fail where what was taken for granted does not hold, which keeps what follows them in the same trip, a commit too, from being
/// done. PostgreSQL has no statement that raises an error, so they divide by zero.
/// </summary>
internal static class Guards
{
    /// <summary>Fails if a statement finds no row.</summary>
    /// <param name="sql">One that answers with rows.</param>
    public static string OrFail(string sql) => $"WITH found AS ({sql}) SELECT 1 / count(*) FROM found";

    /// <summary>Fails if a statement finds fewer rows than it should.</summary>
    /// <param name="sql">One that answers with rows.</param>
    /// <param name="rows">The parameter that says how many it should find, at least 1.</param>
    public static string OrFail(string sql, string rows) => $"WITH found AS ({sql}) SELECT 1 / (count(*) / {rows}) FROM found";

    /// <summary>Fails if a query finds any row.</summary>
    /// <param name="sql">A query without limit.</param>
    public static string NoneOrFail(string sql) => $"SELECT 1 / (1 - count(*)) FROM ({sql} LIMIT 1) AS found";

    /// <summary>Whether that is why a statement failed.</summary>
    /// <param name="exception">What the server said.</param>
    public static bool HasFailed(PostgresException exception) => exception.SqlState == PostgresErrorCodes.DivisionByZero;
}
