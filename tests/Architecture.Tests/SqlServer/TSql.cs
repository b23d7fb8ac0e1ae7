using System.Text.RegularExpressions;

namespace Shop.Architecture.Tests.SqlServer;

/// <summary>Knows what SQL Server has no word for, and what servers that only speak its protocol refuse.</summary>
internal static partial class TSql
{
    /// <summary>What of a statement is PostgreSQL's alone.</summary>
    public static IEnumerable<string> Foreign(string sql)
    {
        var code = Strings().Replace(Comments().Replace(sql, ""), "''");
        return PostgreSql().Matches(code).Select(match => match.Value).Distinct()
            .Select(word => $"'{word}' is not T-SQL, in: {Around(code, word)}");
    }

    /// <summary>All that SQL Server would refuse of a statement.</summary>
    public static IEnumerable<string> Refused(string sql) => [.. Foreign(sql), .. Collations.Conflicts(sql)];

    /// <summary>A text without its batches' separators.</summary>
    public static IReadOnlyList<string> Batches(string script) =>
        [.. Go().Split(script).Select(batch => batch.Trim()).Where(batch => batch.Length > 0)];

    private static string Around(string code, string word)
    {
        var at = code.IndexOf(word, StringComparison.Ordinal);
        var from = Math.Max(0, at - 60);
        return code[from..Math.Min(code.Length, at + word.Length + 60)].ReplaceLineEndings(" ");
    }

    [GeneratedRegex("--[^\n]*")]
    private static partial Regex Comments();

    [GeneratedRegex("N?'(?:[^']|'')*'")]
    private static partial Regex Strings();

    [GeneratedRegex(@"^\s*GO\s*$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Go();

    [GeneratedRegex(
        @"::|\|\||\$\$|~|(?<![\w@\[.])(timestamptz|timestamp with(out)? time zone|bytea|jsonb?|uuid|boolean|bool|serial|bigserial|text|numeric\(\)|double precision|character varying"
        + @"|ilike|similar to|returning|limit|on conflict|for (no key )?update|for (key )?share|skip locked|nulls (first|last)|is (not )?distinct from|using\s*\("
        + @"|now\(|nextval|currval|gen_random_uuid|array_agg|unnest|generate_series|to_ts\w+|pg_\w+|date_trunc|extract\(|interval"
        + @"|distinct on|with recursive|lateral|true|false|create extension|create temp|lock table|on commit drop|any\s*\()(?!\w)",
        RegexOptions.IgnoreCase)]
    private static partial Regex PostgreSql();
}
