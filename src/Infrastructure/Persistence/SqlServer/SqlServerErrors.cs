using System.Text.RegularExpressions;
using Microsoft.Data.SqlClient;

namespace Shop.Infrastructure.Persistence.SqlServer;

internal sealed partial class SqlServerErrors : IDatabaseErrors
{
    private const int ConstraintConflict = 547;
    private const int DuplicateIndexKey = 2601;
    private const int DuplicateConstraintKey = 2627;

    public string? BrokenConstraint(Exception exception)
    {
        var error = exception as SqlException ?? exception.InnerException as SqlException;
        return error?.Number is ConstraintConflict or DuplicateIndexKey or DuplicateConstraintKey
            ? ConstraintName().Match(error.Message).Value
            : null;
    }

    [GeneratedRegex("(pk|ak|ux|ix|fk|ck)_[a-z0-9_]+")]
    private static partial Regex ConstraintName();
}
