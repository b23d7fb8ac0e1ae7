using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Microsoft.Data.SqlClient;

namespace Shop.Architecture.Tests.SqlServer;

/// <summary>A command that is built as every other, and then written down in place of being sent.</summary>
internal sealed partial class RecordingCommand(Recorder recorder) : DbCommand
{
    private readonly SqlCommand _inner = new();

    [AllowNull]
    public override string CommandText
    {
        get => _inner.CommandText;
        set => _inner.CommandText = value;
    }

    public override int CommandTimeout { get; set; }

    public override CommandType CommandType { get; set; } = CommandType.Text;

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    protected override DbConnection? DbConnection { get; set; }

    protected override DbParameterCollection DbParameterCollection => _inner.Parameters;

    protected override DbTransaction? DbTransaction { get; set; }

    public override void Cancel()
    {
    }

    public override int ExecuteNonQuery()
    {
        Record();
        return recorder.RowsAffected;
    }

    public override object ExecuteScalar()
    {
        Record();
        return recorder.RowFor(CommandText)?[0] ?? (CommandText.Contains("NEXT VALUE FOR", StringComparison.Ordinal) ? 1L : (object)1);
    }

    public override void Prepare()
    {
    }

    protected override DbParameter CreateDbParameter() => _inner.CreateParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
    {
        Record();
        if (recorder.RowFor(CommandText) is { } row)
        {
            return new DataTableReader(Row(row));
        }

        var saved = Saved().Matches(CommandText);
        return saved.Count == 0 ? new DataTableReader(Answer(CommandText))
            : new DataTableReader([.. saved.Select(each => each.Value.EndsWith('1') ? Row("", 1) : Row("", recorder.NextKey()))]);
    }

    protected override void Dispose(bool disposing)
    {
        _inner.Dispose();
        base.Dispose(disposing);
    }

    private void Record()
    {
        recorder.Add(CommandText, _inner.Parameters.Cast<SqlParameter>());
        foreach (SqlParameter parameter in _inner.Parameters)
        {
            if (parameter.Direction != ParameterDirection.Input)
            {
                parameter.Value = 0;
            }
        }
    }

    /// <summary>One row for what always has one, else none.</summary>
    private DataTable Answer(string sql)
    {
        var head = sql.TrimStart();
        while (head.StartsWith("--", StringComparison.Ordinal))
        {
            head = head[(head.IndexOf('\n', StringComparison.Ordinal) + 1)..].TrimStart();
        }

        return head.ReplaceLineEndings("\n").StartsWith("SELECT CASE\n    WHEN EXISTS", StringComparison.Ordinal) ? Row("", recorder.Exists)
            : head.StartsWith("SELECT COUNT_BIG(", StringComparison.Ordinal) ? Row("Value", 0L)
            : head.StartsWith("SELECT COUNT(", StringComparison.Ordinal) ? Row("", 0)
            : head.StartsWith("SELECT MAX(", StringComparison.Ordinal) ? Row("", DBNull.Value)
            : Nothing();
    }

    private static DataTable Row(object[] values)
    {
        var table = new DataTable();
        for (var i = 0; i < values.Length; i++)
        {
            table.Columns.Add(values.Length == 1 ? "Value" : $"c{i}", values[i] is DBNull ? typeof(object) : values[i].GetType());
        }

        table.Rows.Add(values);
        return table;
    }

    private static DataTable Row(string name, object value)
    {
        var table = new DataTable();
        table.Columns.Add(name.Length == 0 ? "c" : name, value is DBNull ? typeof(object) : value.GetType());
        table.Rows.Add(value);
        return table;
    }

    /// <summary>The columns are those that statements written by hand name.</summary>
    private static DataTable Nothing()
    {
        var table = new DataTable();
        foreach (var name in new[] { "Value", "Id", "Depth", "EventId", "Attempts", "Line", "Sku", "Cents", "Invoice", "Quantity", "SoldAt", "Customer" })
        {
            table.Columns.Add(name);
        }

        return table;
    }

    /// <summary>What a save asks of each row: its new key, or that it was there.</summary>
    [GeneratedRegex(@"\bOUTPUT (INSERTED\.|1)")]
    private static partial Regex Saved();
}
