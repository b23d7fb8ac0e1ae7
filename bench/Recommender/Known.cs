using Shop.Infrastructure.Recommendations;

namespace Shop.Recommender;

/// <summary>What a method may learn from.</summary>
/// <param name="Log">Purchases.</param>
/// <param name="Catalog">Products that had been seen.</param>
/// <param name="Products">Those of them that were bought, ascending: the matrix's columns.</param>
/// <param name="Matrix">The purchases, each customer and product once.</param>
internal sealed record Known(InteractionLog Log, List<CatalogEntry> Catalog, long[] Products, InteractionMatrix Matrix)
{
    /// <summary>Of all that happened before a time.</summary>
    public static Known Before(SalesFile sales, DateTimeOffset time)
    {
        var log = new InteractionLog();
        foreach (var purchase in sales.Purchases.Where(purchase => purchase.At < time))
        {
            log.Add(purchase);
        }

        var table = log.ToTable([]);
        return new Known(
            log, [.. sales.Products.Where(product => product.FirstSeen < time).Select(product => product.Entry)], table.Products, table.ToMatrix(int.MaxValue));
    }
}
