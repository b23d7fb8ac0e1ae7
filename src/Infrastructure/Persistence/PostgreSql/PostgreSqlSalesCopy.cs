using Npgsql;
using Shop.Domain.Common;
using Shop.Infrastructure.Persistence.Backfill;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>
/// Stages sales in three tables: the purchases by numbers alone; what the file tells of each SKU; and the runs, which are purchases one after
/// the other of the same invoice, customer and time. So the texts that a sales file repeats on every row are sent, stored and compared once.
/// What is remembered of the file is bounded: a SKU or an invoice that comes back later is told anew, and the statements put them together.
/// </summary>
internal sealed class PostgreSqlSalesCopy(NpgsqlConnection connection) : IBulkCopy<SalesRow>
{
    private const int MaxTold = 20_000;

    /// <summary>The amounts of as many lines can be summed in a bigint, and their prices remembered.</summary>
    private const int MaxRunLines = 100_000;

    private readonly PostgreSqlCopyQueue _queue = new(connection);
    private readonly PostgreSqlCopyBuffer _lines = new(PostgreSqlSales.CopyLines);
    private readonly PostgreSqlCopyBuffer _runs = new(PostgreSqlSales.CopyRuns);
    private readonly PostgreSqlCopyBuffer _told = new(PostgreSqlSales.CopyTold);
    private readonly Dictionary<string, Told> _skus = new(StringComparer.Ordinal);
    private readonly HashSet<(long Told, long Cents)> _runLines = [];
    private readonly InvoiceTotals _totals = new();
    private Run? _run;

    public async ValueTask WriteAsync(SalesRow row, CancellationToken cancellationToken)
    {
        if (row.Sale is not { } sale)
        {
            (await ToldAsync(row, cancellationToken)).Hear(row);
            return;
        }

        if (_run is null || !_run.Continues(sale) || _run.Lines == MaxRunLines)
        {
            await WriteRunAsync(cancellationToken);
            _run = new Run(row.Line, sale);
            _runLines.Clear();
        }

        var cents = (long)(row.Price!.Value * 100);
        _run.Add(cents, sale.Quantity, row.Hash());
        var told = row.Line;
        if (_totals.MayBeBeyondLimits(sale, cents))
        {
            await WriteAloneAsync(row, cancellationToken);
        }
        else
        {
            var known = await ToldAsync(row, cancellationToken);
            known.Hear(row);
            told = known.Line;
        }

        var writer = _lines.Writer;
        writer.Row(fields: 6);
        writer.Bigint(row.Line);
        writer.Bigint(_run.Line);
        writer.Bigint(told);
        writer.Bigint(cents);
        writer.Integer(sale.Quantity);
        writer.Boolean(!_runLines.Add((told, cents)));
        if (writer.IsNearlyFull)
        {
            await _queue.SendAsync(_lines, cancellationToken);
        }
    }

    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await WriteRunAsync(cancellationToken);
        await WriteToldAsync(cancellationToken);
        await _queue.SendAsync(_lines, cancellationToken);
        await _queue.SendAsync(_runs, cancellationToken);
        await _queue.SendAsync(_told, cancellationToken);
        await _queue.DrainAsync();
    }

    public ValueTask DisposeAsync() => _queue.DisposeAsync();

    private async ValueTask<Told> ToldAsync(SalesRow row, CancellationToken cancellationToken)
    {
        if (!_skus.TryGetValue(row.Sku, out var told))
        {
            if (_skus.Count == MaxTold)
            {
                await WriteToldAsync(cancellationToken);
            }

            _skus.Add(row.Sku, told = new Told(row.Line));
        }

        return told;
    }

    /// <summary>A row that may yet be rejected tells of its SKU alone, so that all it told can be taken back.</summary>
    private async ValueTask WriteAloneAsync(SalesRow row, CancellationToken cancellationToken)
    {
        var told = new Told(row.Line);
        told.Hear(row);
        told.Write(_told.Writer, row.Sku);
        if (_told.Writer.IsNearlyFull)
        {
            await _queue.SendAsync(_told, cancellationToken);
        }
    }

    private async ValueTask WriteRunAsync(CancellationToken cancellationToken)
    {
        _run?.Write(_runs.Writer);
        if (_runs.Writer.IsNearlyFull)
        {
            await _queue.SendAsync(_runs, cancellationToken);
        }
    }

    private async ValueTask WriteToldAsync(CancellationToken cancellationToken)
    {
        foreach (var (sku, told) in _skus)
        {
            told.Write(_told.Writer, sku);
            if (_told.Writer.IsNearlyFull)
            {
                await _queue.SendAsync(_told, cancellationToken);
            }
        }

        _skus.Clear();
    }

    /// <summary>
    /// What the invoices come to so far, many in one place, so that the places are few: never less than an invoice comes to, if at times more.
    /// </summary>
    private sealed class InvoiceTotals
    {
        private const int Places = 1 << 16;
        private const long MaxCents = (long)(Money.MaxAmount * 100);

        private readonly long[] _cents = new long[Places];
        private readonly long[] _units = new long[Places];

        public bool MayBeBeyondLimits(Sale sale, long cents)
        {
            var place = sale.Invoice.GetHashCode(StringComparison.Ordinal) & (Places - 1);
            _cents[place] = Math.Min(_cents[place] + (cents * sale.Quantity), MaxCents + 1);
            _units[place] = Math.Min(_units[place] + sale.Quantity, Quantity.Max + 1L);
            return _cents[place] > MaxCents || _units[place] > Quantity.Max;
        }
    }

    /// <summary>What the rows so far tell of a SKU.</summary>
    /// <param name="line">The line of the first of them.</param>
    private sealed class Told(long line)
    {
        private (long Line, string Text)? _name;
        private (long Line, decimal Amount)? _price;

        public long Line => line;

        public void Hear(SalesRow row)
        {
            _name = row.Name is null ? _name : (row.Line, row.Name);
            _price = row.Price is null ? _price : (row.Line, row.Price.Value);
        }

        public void Write(PostgreSqlRowWriter writer, string sku)
        {
            writer.Row(fields: 6);
            writer.Bigint(line);
            writer.Text(sku);
            writer.Bigint(_name?.Line);
            writer.Text(_name?.Text);
            writer.Bigint(_price?.Line);
            writer.Cents(_price?.Amount);
        }
    }

    /// <summary>Purchases one after the other of the same invoice, customer and time.</summary>
    /// <param name="line">The line of the first of them.</param>
    /// <param name="first">The first.</param>
    private sealed class Run(long line, Sale first)
    {
        private long _cents;
        private long _units;
        private long _hashHigh;
        private long _hashLow;

        public long Line => line;

        public int Lines { get; private set; }

        public bool Continues(Sale sale) => sale.Invoice == first.Invoice && sale.Customer == first.Customer && sale.SoldAt == first.SoldAt;

        public void Add(long cents, int quantity, long hash)
        {
            Lines++;
            _cents += cents * quantity;
            _units += quantity;
            _hashHigh += hash >> 32;
            _hashLow += hash & uint.MaxValue;
        }

        public void Write(PostgreSqlRowWriter writer)
        {
            writer.Row(fields: 9);
            writer.Bigint(line);
            writer.Text(first.Invoice);
            writer.Bigint(first.Customer);
            writer.TimestampTz(first.SoldAt);
            writer.Bigint(Lines);
            writer.Bigint(_cents);
            writer.Bigint(_units);
            writer.Bigint(_hashHigh);
            writer.Bigint(_hashLow);
        }
    }
}
