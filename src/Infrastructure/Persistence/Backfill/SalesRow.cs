using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Shop.Domain.Catalog;

namespace Shop.Infrastructure.Persistence.Backfill;

/// <summary>A row of a sales file. One that is no purchase carries only what it tells of its product.</summary>
/// <param name="Line">Where it begins in the file.</param>
/// <param name="Sku">Trimmed, upper case.</param>
/// <param name="Name">Trimmed; null when empty.</param>
/// <param name="Price">Rounded to cents; null when not above zero as written.</param>
/// <param name="Sale">What was bought, or null.</param>
internal readonly record struct SalesRow(long Line, string Sku, string? Name, decimal? Price, Sale? Sale)
{
    /// <summary>Of all that makes the purchase; the sum over an invoice's rows tells whether it comes with the same rows again, in whatever order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public long Hash()
    {
        const int numbers = 4 * sizeof(long);
        var sale = Sale!.Value;
        Span<byte> row = stackalloc byte[numbers + (4 * Product.MaxSkuLength)];
        BinaryPrimitives.WriteInt64LittleEndian(row, sale.Quantity);
        BinaryPrimitives.WriteInt64LittleEndian(row[8..], (long)(Price!.Value * 100));
        BinaryPrimitives.WriteInt64LittleEndian(row[16..], sale.SoldAt.Ticks);
        BinaryPrimitives.WriteInt64LittleEndian(row[24..], sale.Customer);
        var length = numbers + Encoding.UTF8.GetBytes(Sku, row[numbers..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(row[..length], hash);
        return BinaryPrimitives.ReadInt64LittleEndian(hash);
    }
}

/// <summary>What a row says of a purchase, beside product and price.</summary>
/// <param name="Invoice">The invoice's number.</param>
/// <param name="Quantity">1 to 1,000,000.</param>
/// <param name="SoldAt">UTC.</param>
/// <param name="Customer">The customer's number.</param>
internal readonly record struct Sale(string Invoice, int Quantity, DateTime SoldAt, long Customer);
