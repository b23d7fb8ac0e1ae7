using System.Data.Common;
using System.Globalization;

namespace Shop.Infrastructure.Reports;

/// <summary>Values of the database as cells of a CSV.</summary>
internal static class ReportCells
{
    private const string FormulaStarts = "=+-@\t\r";

    /// <summary>The cells of a row. Only text is defused: a number below zero is no formula.</summary>
    public static string?[] Of(DbDataReader row)
    {
        var cells = new string?[row.FieldCount];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = Of(row.GetValue(i));
        }

        return cells;
    }

    /// <summary>Text that a spreadsheet would take for a formula gets an apostrophe before it.</summary>
    public static string Defused(string text) => text.Length > 0 && FormulaStarts.Contains(text[0]) ? "'" + text : text;

    private static string? Of(object value) => value switch
    {
        DBNull => null,
        string text => Defused(text),
        decimal amount => amount.ToString("0.00", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset moment => moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        DateTime { Kind: DateTimeKind.Utc } moment => moment.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        DateTime day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new NotSupportedException($"A cell can't be a {value.GetType()}."),
    };
}
