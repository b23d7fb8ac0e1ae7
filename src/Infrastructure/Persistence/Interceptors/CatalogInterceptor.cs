using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Shop.Domain.Catalog;
using Shop.Domain.Common;

namespace Shop.Infrastructure.Persistence.Interceptors;

/// <summary>Notes what is saved of the catalog. A category shows in its products, its children and their lists, so it is everything.</summary>
internal sealed class CatalogInterceptor : SaveChangesInterceptor
{
    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Note((ShopDbContext)eventData.Context!);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Note((ShopDbContext)eventData.Context!);
        return new(result);
    }

    private static void Note(ShopDbContext db)
    {
        foreach (var entry in db.ChangeTracker.Entries<AggregateRoot>())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified or EntityState.Deleted))
            {
                continue;
            }

            if (entry.Entity is Product product)
            {
                db.CatalogChanges.Add(product.Id);
            }
            else if (entry.Entity is Category)
            {
                db.CatalogChanges.AddEverything();
            }
        }
    }
}
