using System.IO.Compression;
using Shop.Infrastructure.Persistence.Backfill;
using Shop.Infrastructure.Recommendations;

namespace Shop.Recommender;

/// <summary>A sales file as the shop would load it: rows that are no purchase bring their product into the catalog and nothing else.</summary>
/// <param name="Purchases">Products by number.</param>
/// <param name="Products">In order of first sight, with the minute of it; their places are their numbers.</param>
internal sealed record SalesFile(List<Interaction> Purchases, List<(CatalogEntry Entry, DateTimeOffset FirstSeen)> Products)
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">A CSV file, compressed when its name ends in .gz.</param>
    public static async Task<SalesFile> ReadAsync(string path)
    {
        await using var file = File.OpenRead(path);
        await using Stream content = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var records = new CsvRecordReader(content);
        var header = await CsvHeader.ReadAsync(records, default);
        if (header.IsFailure || !header.Value.IsSales)
        {
            throw new InvalidDataException("This is no sales file: its header must name InvoiceNo, StockCode, Description, Quantity, InvoiceDate, UnitPrice and CustomerID.");
        }

        var rows = new SalesReader(records, header.Value);
        var sales = new SalesFile([], []);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var seen = DateTimeOffset.UnixEpoch;
        while (await rows.NextAsync(default))
        {
            var row = rows.Fault is null ? rows.Read(out _) : default;
            if (rows.Fault is null)
            {
                seen = row.Sale is { } sale ? new DateTimeOffset(sale.SoldAt, TimeSpan.Zero) : seen;
                sales.Add(row, seen, numbers);
            }
        }

        return sales;
    }

    private void Add(SalesRow row, DateTimeOffset seen, Dictionary<string, int> numbers)
    {
        if (!numbers.TryGetValue(row.Sku, out var number))
        {
            numbers.Add(row.Sku, number = Products.Count);
            Products.Add((new CatalogEntry(number, row.Name ?? "", null), seen));
        }

        if (row.Sale is { } sale)
        {
            Purchases.Add(new Interaction(sale.Customer, number, new DateTimeOffset(sale.SoldAt, TimeSpan.Zero)));
        }
    }
}
