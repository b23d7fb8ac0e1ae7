using System.Text.RegularExpressions;

namespace Shop.WebApi.FunctionalTests.Support;

/// <summary>Statements by which tests look behind the API, on SQL Server.</summary>
internal static partial class BehindTheApi
{
    /// <summary>
    /// The statement in SQL Server's words, where only these differ: what RETURNING answers, and the present time. One that says more in
    /// PostgreSQL's words skips the test.
    /// </summary>
    public static string OnSqlServer(string sql)
    {
        var returning = Returning().Match(sql);
        if (returning.Success)
        {
            var value = returning.Groups["value"].Value;
            var output = $" OUTPUT {(char.IsLetter(value[0]) ? "inserted." : "")}{value} ";
            var body = sql[..returning.Index];
            var at = BeforeRows().Match(body);
            sql = at.Success ? body[..at.Index] + output + body[at.Index..] : body + output;
        }

        sql = sql.Replace("now()", "SYSDATETIMEOFFSET()", StringComparison.OrdinalIgnoreCase);
        if (PostgreSql().Match(sql) is { Success: true } word)
        {
            Assert.Ignore($"This test looks behind the API in PostgreSQL's words: {word.Value}");
        }

        return sql;
    }

    [GeneratedRegex(@"\s+RETURNING\s+(?<value>[a-z_]+|\d+)\s*;?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Returning();

    /// <summary>OUTPUT stands before the rows: before WHERE of an update or delete, before VALUES or SELECT of an insert.</summary>
    [GeneratedRegex(@"\b(WHERE|VALUES|SELECT)\b", RegexOptions.IgnoreCase)]
    private static partial Regex BeforeRows();

    [GeneratedRegex(
        @"::|\|\||->>?|\b(RETURNING|LIMIT|interval|string_agg|array_agg|encode|sha256|pg_\w+|to_regclass|generate_series|nextval|SELECT\s+FROM|COLLATE\s+""|USING\s*\(|true|false|is_null|FOR\s+UPDATE)(?!\w)|\bWHERE\s+NOT\s+\w+\s*$|SELECT\s+[^,]*\sIS\s+(NOT\s+)?NULL",
        RegexOptions.IgnoreCase)]
    private static partial Regex PostgreSql();
}

/// <summary>A test of what PostgreSQL alone has or does; on SQL Server it is skipped, with the reason.</summary>
/// <param name="reason">Why.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class PostgreSqlOnlyAttribute(string reason) : NUnitAttribute, NUnit.Framework.Interfaces.IApplyToTest
{
    public void ApplyToTest(NUnit.Framework.Internal.Test test)
    {
        if (TestKit.TestCluster.IsSqlServer && test.RunState != NUnit.Framework.Interfaces.RunState.NotRunnable)
        {
            test.RunState = NUnit.Framework.Interfaces.RunState.Ignored;
            test.Properties.Set(NUnit.Framework.Internal.PropertyNames.SkipReason, "PostgreSQL alone: " + reason);
        }
    }
}
