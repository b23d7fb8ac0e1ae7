using System.Runtime.CompilerServices;

namespace Shop.Infrastructure.Persistence.Backfill;

/// <content>Finds where the fields of a record lie.</content>
internal sealed partial class CsvRecordReader
{
    private const int MaxFields = 1_000;
    private const int NeedsMore = 0;
    private const int Broken = -1;

    /// <summary>Finds the fields of the record that begins here.</summary>
    /// <returns>Its length with its line end, <see cref="NeedsMore"/>, or <see cref="Broken"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Scan(ReadOnlySpan<byte> rest)
    {
        var at = 0;
        while (true)
        {
            if (FieldCount > MaxFields)
            {
                return Fail(CsvProblem.FieldCount);
            }

            if (at < rest.Length && rest[at] == '"')
            {
                at = ScanQuoted(rest, at + 1);
                if (at <= 0)
                {
                    return at;
                }

                switch (LineEndAt(rest, at))
                {
                    case NeedsMore:
                        return NeedsMore;
                    case Broken when rest[at] != ',':
                        return Fail(CsvProblem.StrayQuote, FieldCount - 1);
                    case Broken:
                        at++;
                        continue;
                    case var end:
                        return end;
                }
            }

            var stop = rest[at..].IndexOfAny((byte)',', (byte)'\n', (byte)'"');
            if (stop < 0)
            {
                if (!_ended)
                {
                    return rest.Length < MaxRecordLength ? NeedsMore : Fail(CsvProblem.TooLong);
                }

                AddField(at, rest.Length - at, hasEscapes: false);
                return rest.Length;
            }

            if (rest[at + stop] == '"')
            {
                return Fail(CsvProblem.StrayQuote);
            }

            var isLast = rest[at + stop] == '\n';
            AddField(at, isLast && stop > 0 && rest[at + stop - 1] == '\r' ? stop - 1 : stop, hasEscapes: false);
            at += stop + 1;
            if (isLast)
            {
                return at;
            }
        }
    }

    /// <summary>Finds the end of a quoted field.</summary>
    /// <returns>The place behind its closing quote, <see cref="NeedsMore"/>, or <see cref="Broken"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ScanQuoted(ReadOnlySpan<byte> rest, int start)
    {
        _hasQuotes = true;
        var hasEscapes = false;
        for (var at = start; ; at += 2)
        {
            var quote = rest[at..].IndexOf((byte)'"');
            if (quote < 0 || (at + quote + 1 == rest.Length && !_ended))
            {
                return !_ended && rest.Length < MaxRecordLength ? NeedsMore : Fail(CsvProblem.UnclosedQuote);
            }

            at += quote;
            if (at + 1 == rest.Length || rest[at + 1] != '"')
            {
                AddField(start, at - start, hasEscapes);
                return at + 1;
            }

            hasEscapes = true;
        }
    }

    /// <returns>The place behind the line end that is here, <see cref="NeedsMore"/>, or <see cref="Broken"/> when there is none.</returns>
    private int LineEndAt(ReadOnlySpan<byte> rest, int at)
    {
        if (at == rest.Length || (rest[at] == '\r' && at + 1 == rest.Length))
        {
            return _ended ? rest.Length : NeedsMore;
        }

        return rest[at] switch
        {
            (byte)'\n' => at + 1,
            (byte)'\r' when rest[at + 1] == '\n' => at + 2,
            _ => Broken,
        };
    }

    private int Fail(CsvProblem problem) => Fail(problem, FieldCount);

    private int Fail(CsvProblem problem, int field)
    {
        (Problem, ProblemField) = (problem, field);
        return Broken;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddField(int start, int length, bool hasEscapes)
    {
        if (FieldCount == _fields.Length)
        {
            Array.Resize(ref _fields, 2 * FieldCount);
        }

        _fields[FieldCount++] = new Field(start, length, hasEscapes);
    }

    /// <summary>Where a field lies, relative to its record and without its quotes.</summary>
    private readonly record struct Field(int Start, int Length, bool HasEscapes);
}

/// <summary>What can be wrong with a record.</summary>
internal enum CsvProblem
{
    None,
    StrayQuote,
    UnclosedQuote,
    FieldCount,
    NotText,
    TooLong,
}
