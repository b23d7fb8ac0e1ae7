using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace Shop.Infrastructure.Persistence.Backfill;

/// <summary>
/// Reads RFC 4180 records from UTF-8 without turning them into text, in constant memory. A record that is broken costs its first
/// physical line alone: reading goes on at the next one, so that a stray quote can't swallow the rest of a file. That recovery is why
/// this is no CsvHelper, which knows a record only after its quote has closed, be it megabytes later.
/// </summary>
/// <param name="stream">The file, from its beginning.</param>
internal sealed partial class CsvRecordReader(Stream stream) : IDisposable
{
    /// <summary>The longest record in bytes; a quote that is open for longer counts as never closed.</summary>
    public const int MaxRecordLength = 1024 * 1024;

    private const int FirstBufferLength = 128 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBufferLength);
    private Field[] _fields = new Field[16];
    private int _record;
    private int _next;
    private int _end;
    private long _nextLine = 1;
    private bool _begun;
    private bool _ended;
    private bool _discarding;
    private bool _hasQuotes;

    private enum Step
    {
        Record,
        Nothing,
        NeedsMore,
        End,
    }

    /// <summary>How many fields a record must have; 0 for any number.</summary>
    public int ExpectedFields { get; set; }

    /// <summary>The physical line that the record begins on, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>Whether the record lies on more than one physical line.</summary>
    public bool IsMultiline { get; private set; }

    /// <summary>What is wrong with the record; its fields can be read only when nothing is.</summary>
    public CsvProblem Problem { get; private set; }

    /// <summary>The field at fault, from 0; may be one more than there are.</summary>
    public int ProblemField { get; private set; }

    /// <summary>Fields of the record.</summary>
    public int FieldCount { get; private set; }

    /// <summary>Reads the next record; empty lines are none.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False at the end.</returns>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            switch (ReadBuffered())
            {
                case Step.Record:
                    return true;
                case Step.End:
                    return false;
                case Step.NeedsMore:
                    await FillAsync(cancellationToken);
                    break;
            }
        }
    }

    /// <summary>A field, unquoted. Good until the next record is read.</summary>
    /// <param name="index">Which, from 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ReadOnlySpan<byte> Bytes(int index)
    {
        var field = _fields[index];
        var raw = _buffer.AsSpan(_record + field.Start, field.Length);
        return field.HasEscapes ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(raw).Replace("\"\"", "\"", StringComparison.Ordinal)) : raw;
    }

    /// <summary>A field, unquoted.</summary>
    /// <param name="index">Which, from 0.</param>
    public string Text(int index) => Encoding.UTF8.GetString(Bytes(index));

    /// <summary>Gives up the record but for its first physical line: what follows is read anew.</summary>
    public void Resynchronize() => (_next, _nextLine) = (_record + FirstLineLength(_buffer.AsSpan(_record, _end - _record)), Line + 1);

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Step ReadBuffered()
    {
        if (!_begun && !SkipByteOrderMark())
        {
            return Step.NeedsMore;
        }

        var rest = _buffer.AsSpan(_next, _end - _next);
        if (_discarding)
        {
            return Discard(rest);
        }

        if (rest.IsEmpty)
        {
            return _ended ? Step.End : Step.NeedsMore;
        }

        (_record, Line, FieldCount, _hasQuotes, Problem) = (_next, _nextLine, 0, false, CsvProblem.None);
        var length = Scan(rest);
        return length switch
        {
            NeedsMore => Step.NeedsMore,
            Broken => ConsumeFirstLine(rest),
            _ when FieldCount == 1 && _fields[0].Length == 0 && !_hasQuotes => Consume(rest[..length], Step.Nothing),
            _ when IsAtFault(rest[..length]) => ConsumeFirstLine(rest),
            _ => Consume(rest[..length], Step.Record),
        };
    }

    private bool SkipByteOrderMark()
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        if (_end < mark.Length && !_ended)
        {
            return false;
        }

        _begun = true;
        _next = _buffer.AsSpan(0, _end).StartsWith(mark) ? mark.Length : 0;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool IsAtFault(ReadOnlySpan<byte> record)
    {
        if (ExpectedFields > 0 && FieldCount != ExpectedFields)
        {
            Fail(CsvProblem.FieldCount, Math.Min(FieldCount, ExpectedFields - 1));
        }
        else if (!IsText(record))
        {
            var index = 0;
            while (index < FieldCount - 1 && IsText(record.Slice(_fields[index].Start, _fields[index].Length)))
            {
                index++;
            }

            Fail(CsvProblem.NotText, index);
        }

        return Problem != CsvProblem.None;
    }

    private static bool IsText(ReadOnlySpan<byte> bytes) => Utf8.IsValid(bytes) && !bytes.Contains((byte)0);

    private Step Consume(ReadOnlySpan<byte> record, Step step)
    {
        var lines = _hasQuotes ? record.Count((byte)'\n') : 1;
        IsMultiline = lines > 1;
        _nextLine += lines;
        _next += record.Length;
        return step;
    }

    private Step ConsumeFirstLine(ReadOnlySpan<byte> rest)
    {
        var length = FirstLineLength(rest);
        if (length == rest.Length && rest[^1] != '\n' && !_ended)
        {
            if (rest.Length < MaxRecordLength)
            {
                return Step.NeedsMore;
            }

            _discarding = true;
            _next = _end;
            return Step.Record;
        }

        _nextLine++;
        _next += length;
        return Step.Record;
    }

    private Step Discard(ReadOnlySpan<byte> rest)
    {
        var length = FirstLineLength(rest);
        _next += length;
        if (length > 0 && rest[length - 1] == '\n')
        {
            _discarding = false;
            _nextLine++;
            return Step.Nothing;
        }

        return _ended ? Step.End : Step.NeedsMore;
    }

    private static int FirstLineLength(ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf((byte)'\n');
        return end < 0 ? rest.Length : end + 1;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_next > 0)
        {
            _buffer.AsSpan(_next, _end - _next).CopyTo(_buffer);
            (_next, _end) = (0, _end - _next);
        }

        if (_end == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(2 * _buffer.Length);
            _buffer.AsSpan().CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        var count = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += count;
        _ended = count == 0;
    }
}
