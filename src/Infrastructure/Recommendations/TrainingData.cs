using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Shop.Domain.Catalog;
using Shop.Domain.Orders;
using Shop.Infrastructure.Persistence;

namespace Shop.Infrastructure.Recommendations;

/// <summary>
/// Reads what there is to learn from, row by row: three columns of each, and none kept but in the log. Queries of EF Core buffer their rows
/// where the provider repeats what fails, so theirs are run by hand, in the transaction that is open.
/// </summary>
internal sealed class TrainingData(ShopDbContext db)
{
    /// <summary>All purchases and favorites.</summary>
    public async Task<InteractionLog> ReadInteractionsAsync(CancellationToken cancellationToken)
    {
        var log = new InteractionLog();
        var purchases = db.Set<OrderItem>().Filter(PurchaseSpecs.All())
            .Select(item => new { item.Order!.UserId, item.ProductId, At = item.Order.PaidAt ?? item.Order.CreatedAt });
        var favorites = db.Favorites.Select(favorite => new { favorite.UserId, favorite.ProductId, At = favorite.CreatedAt });
        foreach (IQueryable query in (IQueryable[])[purchases, favorites])
        {
            await ReadAsync(
                query,
                row => log.Add(new Interaction(row.GetInt64(0), row.GetInt64(1), row.GetFieldValue<DateTimeOffset>(2))),
                cancellationToken);
        }

        return log;
    }

    /// <summary>All products of the catalog.</summary>
    public async Task<List<CatalogEntry>> ReadCatalogAsync(CancellationToken cancellationToken)
    {
        var catalog = new List<CatalogEntry>();
        await ReadAsync(
            db.Products.Filter(ProductSpecs.OnSale()).Select(product => new { product.Id, product.Name, product.CategoryId }),
            row => catalog.Add(new CatalogEntry(row.GetInt64(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetInt64(2))),
            cancellationToken);
        return catalog;
    }

    private static async Task ReadAsync(IQueryable query, Action<DbDataReader> each, CancellationToken cancellationToken)
    {
        await using var command = query.CreateDbCommand();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            each(rows);
        }
    }
}
