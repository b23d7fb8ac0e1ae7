using System.Text.RegularExpressions;
using Microsoft.Data.SqlClient;

namespace Shop.Infrastructure.Persistence.SqlServer;

internal sealed partial class SqlServerErrors : IDatabaseErrors
{
    private const int ConstraintConflict = 547;
    private const int Deadlock = 1205;
    private const int DuplicateIndexKey = 2601;
    private const int DuplicateConstraintKey = 2627;
    private const int SnapshotsRefused = 3952;
    private const int SnapshotConflict = 3960;
    private const int CannotOpenDatabase = 4060;
    private const int SignInFailed = 18456;
    private const int FirstOfLostConnections = 20;

    public static bool IsDuplicate(SqlException exception) => exception.Number is DuplicateIndexKey or DuplicateConstraintKey;

    /// <summary>No statement for SQL Server takes anything for granted.</summary>
    public bool IsFailedGuard(Exception exception) => false;

    public string? BrokenConstraint(Exception exception)
    {
        var error = exception as SqlException ?? exception.InnerException as SqlException;
        return error is not null && (error.Number == ConstraintConflict || IsDuplicate(error)) ? ConstraintIn(error.Message) : null;
    }

    public bool IsRefusal(Exception exception) =>
        exception is SqlException error && (error.Number is ConstraintConflict or Deadlock or SnapshotConflict || IsDuplicate(error));

    public string? WhyUnusable(Exception exception)
    {
        var causes = Causes(exception).ToList();
        return causes.OfType<SqlException>().FirstOrDefault() switch
        {
            { Number: SignInFailed } => "it refuses the user or the password",
            { Number: SnapshotsRefused } => $"it takes no snapshots until its owner runs '{SqlServerSetup.AllowSnapshots}'",
            { Number: CannotOpenDatabase } => "it has no such database, or not for this user",
            { Class: >= FirstOfLostConnections } => "nothing listens there, or the connection was refused",
            null when causes.Exists(cause => cause is TimeoutException) => "it does not answer in time",
            _ => null,
        };
    }

    /// <summary>
    /// The name that a message names. Servers that only speak the protocol keep an index under its name with its table's and a hash behind.
    /// </summary>
    public static string ConstraintIn(string message)
    {
        var name = ConstraintName().Match(message).Value;
        return HashAtEnd().IsMatch(name)
            ? ConstraintErrors.Names.Where(known => name.StartsWith(known, StringComparison.Ordinal)).MaxBy(known => known.Length) ?? name
            : name;
    }

    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }

    [GeneratedRegex("(?<![a-z0-9_])(pk|ak|ux|ix|fk|ck)_[a-z0-9_]+")]
    private static partial Regex ConstraintName();

    [GeneratedRegex("[0-9a-f]{32}$")]
    private static partial Regex HashAtEnd();
}
