using Shop.Application.Catalog;

namespace Shop.Infrastructure.Persistence.Backfill;

/// <summary>Counts the rows of a file by what became of them.</summary>
/// <param name="columns">The header.</param>
/// <param name="progress">Hears of every so many rows; may be null.</param>
internal sealed class Tally(IReadOnlyList<string> columns, IProgress<long>? progress)
{
    private const int RowsBetweenProgress = 10_000;

    private readonly SortedDictionary<string, long> _skipped = new(StringComparer.Ordinal);
    private readonly List<BackfillError> _errors = [];
    private long _rows;
    private long _rejected;

    /// <summary>A row was read.</summary>
    public void Count()
    {
        if (++_rows % RowsBetweenProgress == 0)
        {
            progress?.Report(_rows);
        }
    }

    /// <summary>A row is no purchase.</summary>
    public void Skip(string reason) => _skipped[reason] = _skipped.GetValueOrDefault(reason) + 1;

    /// <summary>A row can't be read.</summary>
    public void Reject(long line, int column, string message)
    {
        _rejected++;
        if (_errors.Count < BackfillReport.MaxErrors)
        {
            _errors.Add(new BackfillError(line, columns[Math.Min(column, columns.Count - 1)], message));
        }
    }

    /// <summary>Rows turned out not to be loadable after all were read.</summary>
    public void RejectLate(IReadOnlyList<(long Line, string Message)> rows, int column)
    {
        _rejected += rows.Count;
        var late = rows.Take(BackfillReport.MaxErrors).Select(row => new BackfillError(row.Line, columns[column], row.Message));
        BackfillError[] first = [.. _errors.Concat(late).OrderBy(error => error.Line).Take(BackfillReport.MaxErrors)];
        _errors.Clear();
        _errors.AddRange(first);
    }

    /// <summary>The report.</summary>
    public BackfillReport Report(BackfillCounts counts)
    {
        progress?.Report(_rows);
        return new BackfillReport
        {
            Rows = _rows,
            Loaded = _rows - _rejected - _skipped.Values.Sum(),
            Skipped = _skipped,
            Rejected = _rejected,
            Created = counts.Created,
            Updated = counts.Updated,
            Unchanged = counts.Products + counts.Customers + counts.Orders - counts.Created - counts.Updated,
            Products = counts.Products,
            Customers = counts.Customers,
            Orders = counts.Orders,
            OrderLines = counts.OrderLines,
            Errors = _errors,
        };
    }
}
