using System.Globalization;
using System.Runtime.CompilerServices;

namespace Shop.Infrastructure.Persistence.Backfill;

/// <summary>Reads the fields of one row after the other; the first that can't be read is the row's fault.</summary>
internal abstract class RowReader(CsvRecordReader reader)
{
    /// <summary>What is wrong with the row; null while nothing is.</summary>
    public string? Fault { get; private set; }

    /// <summary>The column at fault.</summary>
    public int FaultColumn { get; private set; }

    /// <summary>The line that the row begins on.</summary>
    public long Line => reader.Line;

    /// <summary>Goes to the next row.</summary>
    /// <returns>False at the end.</returns>
    public async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        if (!await reader.ReadAsync(cancellationToken))
        {
            return false;
        }

        Fault = Describe(reader.Problem);
        FaultColumn = reader.ProblemField;
        return true;
    }

    /// <summary>Reads the row that the reader stands on, for its product's SKU alone.</summary>
    public abstract string ReadSku();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected ReadOnlySpan<byte> Trimmed(int column) => reader.Bytes(column).Trim(" \t\r\n"u8);

    /// <summary>A text, or null for one that is empty or blank.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected string? Text(int column, int maxLength, bool trim)
    {
        if (column < 0 || reader.Bytes(column).IsEmpty)
        {
            return null;
        }

        var text = trim ? reader.Text(column).Trim() : reader.Text(column);
        if (text.Length <= maxLength)
        {
            return string.IsNullOrWhiteSpace(text) ? null : text;
        }

        Refuse(column, $"At most {maxLength} characters.");
        if (reader.IsMultiline)
        {
            // A text of several lines that is too long is a quote that was not meant: the lines are rows of their own
            reader.Resynchronize();
        }

        return null;
    }

    protected string RequiredText(int column, int maxLength)
    {
        var text = Text(column, maxLength, trim: true);
        if (text is null)
        {
            Refuse(column, "This is required and must not be empty.");
        }

        return text ?? "";
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected int? Integer(int column, int min, int max)
    {
        if (column < 0 || Trimmed(column).IsEmpty)
        {
            return null;
        }

        if (int.TryParse(Trimmed(column), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
        {
            return number;
        }

        Refuse(column, $"Give a whole number from {min} to {max}.");
        return null;
    }

    /// <summary>Makes a fault of the row, unless it has one.</summary>
    protected void Refuse(int column, string message)
    {
        if (Fault is null)
        {
            (Fault, FaultColumn) = (message, column);
        }
    }

    private static string? Describe(CsvProblem problem) => problem switch
    {
        CsvProblem.None => null,
        CsvProblem.StrayQuote => "A quote stands where none may; put the field in quotes and double the quotes in it.",
        CsvProblem.UnclosedQuote => "A quote opens here and is not closed.",
        CsvProblem.FieldCount => "The row has more or fewer fields than the header.",
        CsvProblem.NotText => "This is no text in UTF-8.",
        _ => $"The row is longer than {CsvRecordReader.MaxRecordLength} bytes.",
    };
}
