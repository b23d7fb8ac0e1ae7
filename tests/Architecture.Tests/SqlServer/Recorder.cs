using System.Data.Common;
using System.Text;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Shop.Architecture.Tests.SqlServer;

/// <summary>Stands between EF Core and a SQL Server that is not there: every statement is built by the real code, and written down.</summary>
internal sealed class Recorder : IDbConnectionInterceptor
{
    private readonly List<string> _statements = [];
    private readonly List<(string Part, Func<string, object[]> Row)> _rows = [];
    private readonly List<(string Part, Exception Exception)> _refusals = [];
    private long _lastKey;

    /// <summary>How many rows each statement says to have changed.</summary>
    public int RowsAffected { get; set; } = 1;

    /// <summary>What each question says whether there is any.</summary>
    public bool Exists { get; set; } = true;

    /// <summary>Lets every question that holds a text be answered by one row.</summary>
    /// <param name="part">The text.</param>
    /// <param name="row">The values, in the order of the question's columns.</param>
    public void Answer(string part, params object[] row) => Answer(part, _ => row);

    /// <summary>The same, with values that depend on what the question asks for.</summary>
    public void Answer(string part, Func<string, object[]> row) => _rows.Add((part, row));

    /// <summary>The row that a question is answered by; null for one that has no answer of its own.</summary>
    public object[]? RowFor(string sql) => _rows.Find(each => sql.Contains(each.Part, StringComparison.Ordinal)).Row?.Invoke(sql);

    /// <summary>What was written down, one statement after the other.</summary>
    public IReadOnlyList<string> Statements => _statements;

    /// <summary>All statements in one text.</summary>
    public string Text => string.Join("\n\n", _statements) + "\n";

    public void Add(string sql, IEnumerable<SqlParameter> parameters)
    {
        var text = new StringBuilder();
        var list = string.Join(", ", parameters.Select(Describe));
        if (list.Length > 0)
        {
            text.Append("-- ").Append(list).Append('\n');
        }

        _statements.Add(text.Append(sql.ReplaceLineEndings("\n").Trim()).ToString());
        if (_refusals.Find(each => sql.Contains(each.Part, StringComparison.Ordinal)).Exception is { } refusal)
        {
            throw refusal;
        }
    }

    /// <summary>Lets the server refuse every statement that holds a text.</summary>
    public void Refuse(string part, Exception exception) => _refusals.Add((part, exception));

    /// <summary>A key that the server makes.</summary>
    public long NextKey() => ++_lastKey;

    /// <summary>Writes down what is no statement.</summary>
    public void Note(string what) => _statements.Add("-- " + what);

    InterceptionResult<DbConnection> IDbConnectionInterceptor.ConnectionCreating(ConnectionCreatingEventData eventData, InterceptionResult<DbConnection> result) =>
        InterceptionResult<DbConnection>.SuppressWithResult(new RecordedConnection(this));

    private static string Describe(SqlParameter parameter) =>
        $"@{parameter.ParameterName.TrimStart('@')} {parameter.SqlDbType}{(parameter.Direction == System.Data.ParameterDirection.Input ? "" : " OUTPUT")}";
}
