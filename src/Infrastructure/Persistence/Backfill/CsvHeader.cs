using Shop.Application.Catalog;
using Shop.Domain.Common;

namespace Shop.Infrastructure.Persistence.Backfill;

/// <summary>The header of a file: which kind it is and where each column stands.</summary>
/// <param name="IsSales">Sales, or else a catalog.</param>
/// <param name="Names">The columns, as written.</param>
internal sealed record CsvHeader(bool IsSales, IReadOnlyList<string> Names)
{
    private static readonly string[] SalesColumns = BackfillErrors.SalesHeader.Split(',');
    private static readonly string[] CatalogColumns = BackfillErrors.CatalogHeader.Split(',');
    private static readonly string[] RequiredCatalogColumns = ["name", "price"];

    /// <summary>Where a column stands, from 0; −1 when it is absent.</summary>
    public int this[string name] => IndexOf(Names, name);

    /// <summary>Reads the header, and has the reader expect as many fields from then on.</summary>
    public static async Task<Result<CsvHeader>> ReadAsync(CsvRecordReader reader, CancellationToken cancellationToken)
    {
        if (!await reader.ReadAsync(cancellationToken))
        {
            return BackfillErrors.Empty;
        }

        if (reader.Problem != CsvProblem.None)
        {
            return BackfillErrors.NotCsv;
        }

        string[] names = [.. Enumerable.Range(0, reader.FieldCount).Select(index => reader.Text(index).Trim())];
        var isSales = Array.TrueForAll(SalesColumns, column => IndexOf(names, column) >= 0);
        if (!isSales && !Array.TrueForAll(RequiredCatalogColumns, column => IndexOf(names, column) >= 0))
        {
            return BackfillErrors.UnknownHeader;
        }

        if (Array.Find(isSales ? SalesColumns : CatalogColumns, column => names.Count(name => Matches(name, column)) > 1) is { } twice)
        {
            return BackfillErrors.ColumnTwice(twice);
        }

        reader.ExpectedFields = names.Length;
        return new CsvHeader(isSales, names);
    }

    private static int IndexOf(IReadOnlyList<string> names, string column)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (Matches(names[i], column))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool Matches(string name, string column) => name.Equals(column, StringComparison.OrdinalIgnoreCase);
}
