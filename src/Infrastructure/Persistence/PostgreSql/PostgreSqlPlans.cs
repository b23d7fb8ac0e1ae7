using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Shop.Infrastructure.Persistence.Paging;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>
/// Says what is planned anew and what once. A prepared statement soon gets one plan for all values, which would not do for the filters of lists: a price
/// from 10 and one from a billion would both read the newest products until enough fit, the latter the whole table. The settings take no trip of their
/// own, and when the query between them fails, the first is undone with it.
/// </summary>
internal sealed class PostgreSqlPlans : DbCommandInterceptor
{
    /// <summary>Comes before what is to be planned anew, in one batch with it.</summary>
    public const string Begin = "SET plan_cache_mode = force_custom_plan";

    /// <summary>Comes after it.</summary>
    public const string End = "RESET plan_cache_mode";

    /// <summary>
    /// An expression of the statement before one that is to be planned once for all values; <see cref="End"/> comes after that. PostgreSQL keeps such a plan only
    /// where it seems no dearer than what it planned anew before, and a connection that judged while a table was new, or not yet looked at by autovacuum, planned
    /// the same join of two keys anew each time, which takes five times as long as reading it.
    /// </summary>
    public const string BeginOnce = "set_config('plan_cache_mode', 'force_generic_plan', true)";

    /// <summary>
    /// Comes before a query that reads the beginnings of lists, in one batch with it: what the planner expects of a word's list is a guess, and
    /// where it guesses few it would read the whole list and sort it. What has to be sorted all the same counts as so dear then that it would
    /// be compiled.
    /// </summary>
    public const string BeginInOrder = "DO $$ BEGIN PERFORM set_config('enable_sort', 'off', false), set_config('jit', 'off', false); END $$";

    /// <summary>Comes after it.</summary>
    public const string EndInOrder = "RESET ALL";

    private const string Mark = "-- " + KeysetPager.Tag;

    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Wrap(command);
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Wrap(command);
        return new(result);
    }

    private static void Wrap(DbCommand command)
    {
        if (command.CommandText.StartsWith(Mark, StringComparison.Ordinal))
        {
            command.CommandText = $"{Begin};\n{command.CommandText};\n{End}";
        }
    }
}
