using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Shop.Domain.Catalog;
using Shop.Domain.Common;
using Shop.Domain.Orders;

namespace Shop.Infrastructure.Persistence.Backfill;

/// <summary>
/// Reads the rows of a sales file. What runs for each row is optimized at its first call, here and in what it uses: the file of a year would
/// otherwise be half read before the runtime gets to it.
/// </summary>
internal sealed class SalesReader(CsvRecordReader reader, CsvHeader header) : RowReader(reader)
{
    private const int FirstYear = 1900;
    private const int LastYear = 9998;

    private static readonly string[] DateFormats =
    [
        "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK",
    ];

    private readonly int _invoice = header["InvoiceNo"];
    private readonly int _sku = header["StockCode"];
    private readonly int _description = header["Description"];
    private readonly int _quantity = header["Quantity"];
    private readonly int _date = header["InvoiceDate"];
    private readonly int _price = header["UnitPrice"];
    private readonly int _customer = header["CustomerID"];

    private (string Text, DateTime Value) _lastDate = ("", default);

    /// <summary>Reads the row that the reader stands on; see <see cref="RowReader.Fault"/>.</summary>
    /// <param name="skipped">Why it is no purchase, or null.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public SalesRow Read(out string? skipped)
    {
        var invoice = RequiredText(_invoice, Order.MaxNumberLength);
        var sku = RequiredText(_sku, Product.MaxSkuLength).ToUpperInvariant();
        var name = Text(_description, Product.MaxNameLength, trim: true);
        var quantity = Integer(_quantity, -Quantity.Max, Quantity.Max);
        if (quantity is null)
        {
            Refuse(_quantity, "This is required and must not be empty.");
        }

        var soldAt = Date();
        var price = Price();
        var customer = Customer();
        skipped = SkipReason(invoice, customer, quantity, price);
        var rounded = decimal.Round(price, 2, MidpointRounding.AwayFromZero);
        if (skipped is null && rounded * quantity > Money.MaxAmount)
        {
            Refuse(_price, $"Price times quantity is more than {Money.MaxAmount}.");
        }

        if (Fault is not null)
        {
            return default;
        }

        var row = new SalesRow(Line, sku, name, price > 0 ? rounded : null, null);
        return skipped is not null
            ? row
            : row with { Sale = new Sale(invoice, quantity!.Value, soldAt, customer!.Value) };
    }

    public override string ReadSku() => Read(out _).Sku;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static string? SkipReason(string invoice, long? customer, int? quantity, decimal price) => 0 switch
    {
        _ when invoice.StartsWith('C') || invoice.StartsWith('c') => "cancellation",
        _ when customer is null => "no_customer",
        _ when quantity <= 0 => "quantity",
        _ when price <= 0 => "price",
        _ => null,
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private decimal Price()
    {
        var text = Trimmed(_price);
        if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var price)
            || Math.Abs(decimal.Round(price, 2, MidpointRounding.AwayFromZero)) > Money.MaxAmount)
        {
            Refuse(_price, $"Give a number of at most {Money.MaxAmount}, such as 2.55.");
        }

        return price;
    }

    /// <summary>17850.0, as spreadsheets write it, is 17850.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private long? Customer()
    {
        var text = Trimmed(_customer);
        if (text.IsEmpty)
        {
            return null;
        }

        if (text.IndexOf((byte)'.') is var point and > 0 && text[(point + 1)..].TrimEnd((byte)'0').IsEmpty && point < text.Length - 1)
        {
            text = text[..point];
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var customer))
        {
            return customer;
        }

        Refuse(_customer, "Give a whole number such as 17850, or nothing.");
        return null;
    }

    /// <summary>To the microsecond, as databases keep it. The rows of an invoice have one date as a rule, so the last one read is kept.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private DateTime Date()
    {
        var bytes = Trimmed(_date);
        if (bytes.Length > 0 && Ascii.Equals(bytes, _lastDate.Text))
        {
            return _lastDate.Value;
        }

        var text = Encoding.UTF8.GetString(bytes);
        if (!DateTimeOffset.TryParseExact(text, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            || date.UtcDateTime.Year is < FirstYear or > LastYear)
        {
            Refuse(_date, "Give a date such as 2011-11-08 12:30 or 2011-11-08T12:30:00Z; without an offset it is UTC.");
            return default;
        }

        _lastDate = (text, date.UtcDateTime.AddTicks(-(date.UtcTicks % TimeSpan.TicksPerMicrosecond)));
        return _lastDate.Value;
    }
}
