using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using Npgsql;
using Shop.Infrastructure.Persistence.Backfill;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>
/// COPY into a staging table, in PostgreSQL's binary format. Written by hand, since with Npgsql's importer the first file of a fresh
/// process cost twice the processor time in all: it awaits each field, through code that is not optimized yet.
/// </summary>
internal sealed class PostgreSqlBulkCopy<TRow>(NpgsqlRawCopyStream stream, Action<PostgreSqlRowWriter, TRow> write) : IBulkCopy<TRow>
{
    private readonly PostgreSqlRowWriter _writer = new();
    private bool _completed;

    public ValueTask WriteAsync(TRow row, CancellationToken cancellationToken)
    {
        write(_writer, row);
        return _writer.IsNearlyFull ? FlushAsync(cancellationToken) : ValueTask.CompletedTask;
    }

    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        _writer.End();
        await FlushAsync(cancellationToken);
        await stream.FlushAsync(cancellationToken);
        _completed = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_completed)
        {
            await stream.CancelAsync();
        }

        await stream.DisposeAsync();
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await stream.WriteAsync(_writer.Written, cancellationToken);
        _writer.Clear();
    }
}

/// <summary>Rows in PostgreSQL's binary COPY format: each field is its length (−1 for null) and its bytes, all numbers big endian.</summary>
internal sealed class PostgreSqlRowWriter
{
    private const int Capacity = 256 * 1024;

    /// <summary>More than the longest row: what all texts of a catalog row come to, at most three bytes a character.</summary>
    private const int LongestRow = 48 * 1024;

    private const short NoMoreRows = -1;

    private static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly byte[] _buffer = new byte[Capacity];
    private int _length;

    public PostgreSqlRowWriter() => Begin();

    public bool IsNearlyFull => _length > Capacity - LongestRow;

    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, _length);

    /// <summary>Forgets what was written and starts with the head that each COPY has.</summary>
    public void Begin()
    {
        ReadOnlySpan<byte> signature = [.. "PGCOPY\n"u8, 0xFF, (byte)'\r', (byte)'\n', 0];
        signature.CopyTo(_buffer);
        _length = signature.Length + (2 * sizeof(int)); // no flags, no header extension
    }

    public void Clear() => _length = 0;

    public void Row(short fields) => BinaryPrimitives.WriteInt16BigEndian(Take(sizeof(short)), fields);

    public void End() => Row(NoMoreRows);

    public void Null() => BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), -1);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Bigint(long? value)
    {
        if (value is null)
        {
            Null();
            return;
        }

        var field = Take(sizeof(int) + sizeof(long));
        BinaryPrimitives.WriteInt32BigEndian(field, sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(field[sizeof(int)..], value.Value);
    }

    public void Boolean(bool value)
    {
        var field = Take(sizeof(int) + 1);
        BinaryPrimitives.WriteInt32BigEndian(field, 1);
        field[sizeof(int)] = value ? (byte)1 : (byte)0;
    }

    public void Integer(int? value)
    {
        if (value is null)
        {
            Null();
            return;
        }

        var field = Take(2 * sizeof(int));
        BinaryPrimitives.WriteInt32BigEndian(field, sizeof(int));
        BinaryPrimitives.WriteInt32BigEndian(field[sizeof(int)..], value.Value);
    }

    /// <summary>An amount of money, as a bigint.</summary>
    public void Cents(decimal? amount)
    {
        if (amount is null)
        {
            Null();
        }
        else
        {
            Bigint((long)(amount.Value * 100));
        }
    }

    public void TimestampTz(DateTime value) => Bigint((value - Epoch).Ticks / TimeSpan.TicksPerMicrosecond);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Text(string? value)
    {
        if (value is null)
        {
            Null();
            return;
        }

        var length = Encoding.UTF8.GetBytes(value, _buffer.AsSpan(_length + sizeof(int)));
        BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), length);
        _length += length;
    }

    private Span<byte> Take(int length)
    {
        var span = _buffer.AsSpan(_length, length);
        _length += length;
        return span;
    }
}
