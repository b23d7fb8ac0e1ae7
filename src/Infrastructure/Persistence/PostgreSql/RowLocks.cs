using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>
/// Locks what a query of EF Core is about to read: the same query without its columns and order, and without what only belongs to the rows. The lock is the
/// one that an update takes, without the new version of the row that an update leaves. What locks has the query planned once (<see cref="PostgreSqlPlans.BeginOnce"/>).
/// </summary>
internal static partial class RowLocks
{
    /// <summary>As many as there are queries that lock.</summary>
    private static readonly ConcurrentDictionary<string, string> Known = new();

    /// <summary>The statement that locks the rows of a query's first table; it answers with rows if there are any.</summary>
    /// <param name="query">As EF Core writes it, without limit.</param>
    public static string Of(string query) => Known.GetOrAdd(query, static query =>
    {
        var parts = Parts().Match(query);
        return parts.Success
            ? $"SELECT {PostgreSqlPlans.BeginOnce}\n{WithoutParts(parts.Groups["source"].Value)}\nFOR NO KEY UPDATE OF {parts.Groups["table"].Value}"
            : throw new InvalidOperationException($"No query that can lock what it reads: {query}");
    });

    /// <summary>A table that is joined where there is a row of it, and is asked nothing, decides nothing.</summary>
    private static string WithoutParts(string source)
    {
        var lines = source.Split('\n').ToList();
        for (var i = lines.Count - 1; i > 0; i--)
        {
            if (Part().Match(lines[i]) is { Success: true } part && !lines.Where((_, at) => at != i).Any(line => line.Contains($"{part.Groups["table"].Value}.", StringComparison.Ordinal)))
            {
                lines.RemoveAt(i);
            }
        }

        return string.Join('\n', lines);
    }

    [GeneratedRegex(@"\ALEFT JOIN \w+ AS (?<table>\w+) ON [^()\r\n]*\r?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Part();

    [GeneratedRegex(@"\ASELECT [^\r\n]*\r?\n(?<source>FROM \w+ AS (?<table>\w+)(\r?\n(INNER JOIN|LEFT JOIN|WHERE) .*?)*)(\r?\nORDER BY [^\r\n]*)?\z", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Parts();
}
