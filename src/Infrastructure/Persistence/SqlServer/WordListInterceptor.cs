using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Shop.Domain.Catalog;

namespace Shop.Infrastructure.Persistence.SqlServer;

/// <summary>Takes a product whose words change out of the list of words, in the same statement.</summary>
internal sealed class WordListInterceptor : SaveChangesInterceptor
{
    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Unlist(eventData.Context!);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Unlist(eventData.Context!);
        return new(result);
    }

    private static void Unlist(DbContext db)
    {
        foreach (var product in db.ChangeTracker.Entries<Product>().Where(entry => entry.State == EntityState.Modified))
        {
            if (product.Property(each => each.Name).IsModified || product.Property(each => each.Sku).IsModified || product.Property(each => each.Description).IsModified)
            {
                // Written even where it was not listed when it was read: it may be by now
                var hasWords = product.Property<bool>(ProductWord.HasWords);
                (hasWords.CurrentValue, hasWords.IsModified) = (false, true);
            }
        }
    }
}
