using System.Globalization;
using CsvHelper;
using Shop.Application.Abstractions;
using Shop.Application.Catalog;

namespace Shop.Infrastructure.Persistence.Backfill;

internal sealed class CatalogCsv : ICatalogCsv
{
    public async Task WriteAsync(IAsyncEnumerable<ExportedProduct> products, Stream output, CancellationToken cancellationToken)
    {
        await using var csv = CsvWriter.Create(output, options: null, leaveOpen: true);
        await csv.WriteRecordAsync(BackfillErrors.CatalogHeader.Split(','), cancellationToken);
        await foreach (var product in products.WithCancellation(cancellationToken))
        {
            await csv.WriteRecordAsync(
                [
                    product.Sku,
                    product.Name,
                    product.Description,
                    product.Price.ToString("0.00", CultureInfo.InvariantCulture),
                    product.Category,
                    product.ImageUrl,
                    product.Stock.ToString(CultureInfo.InvariantCulture),
                ],
                cancellationToken);
        }

        await csv.FlushAsync(cancellationToken);
    }
}
