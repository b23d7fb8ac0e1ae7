using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Shop.Application.Common;
using Shop.Domain.Catalog;
using Shop.Domain.Common;

namespace Shop.Infrastructure.Persistence.Backfill;

/// <summary>Reads the rows of a catalog file.</summary>
internal sealed class CatalogReader(CsvRecordReader reader, CsvHeader header) : RowReader(reader)
{
    private readonly int _sku = header["sku"];
    private readonly int _name = header["name"];
    private readonly int _description = header["description"];
    private readonly int _price = header["price"];
    private readonly int _category = header["category"];
    private readonly int _imageUrl = header["image_url"];
    private readonly int _stock = header["stock"];

    /// <summary>The columns that the file has.</summary>
    public CatalogColumns Columns => new(_description >= 0, _category >= 0, _imageUrl >= 0);

    /// <summary>Reads the row that the reader stands on; see <see cref="RowReader.Fault"/>.</summary>
    public CatalogRow Read()
    {
        var sku = Text(_sku, Product.MaxSkuLength, trim: true);
        var name = RequiredText(_name, Product.MaxNameLength);
        return new CatalogRow(
            Line,
            sku ?? SkuOf(name),
            name,
            Text(_description, Product.MaxDescriptionLength, trim: false),
            Price(),
            Text(_category, Category.MaxNameLength, trim: true),
            ImageUrl(),
            Integer(_stock, 0, Product.MaxStock));
    }

    public override string ReadSku() => Read().Sku;

    /// <summary>A product without SKU gets the same one each time that its name is loaded.</summary>
    private static string SkuOf(string name) =>
        "P-" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name.ToUpperInvariant())), 0, 6);

    private decimal Price()
    {
        if (decimal.TryParse(Trimmed(_price), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price)
            && Money.IsValid(price))
        {
            return price;
        }

        Refuse(_price, $"Give an amount from 0 to {Money.MaxAmount} with at most two decimals.");
        return 0;
    }

    private string? ImageUrl()
    {
        var url = Text(_imageUrl, Product.MaxImageUrlLength, trim: false);
        if (url is not null && !WebAddress.IsHttp(url))
        {
            Refuse(_imageUrl, "Give an address that begins with http:// or https://.");
        }

        return url;
    }
}
