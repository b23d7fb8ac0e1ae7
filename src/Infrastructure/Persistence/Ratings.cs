using Microsoft.EntityFrameworkCore;
using Shop.Application.Abstractions;

namespace Shop.Infrastructure.Persistence;

internal sealed class Ratings(ShopDbContext db) : IRatings
{
    public async Task<bool> LockAsync(long productId, CancellationToken cancellationToken) =>
        await db.Products
            .Where(product => product.Id == productId && product.DeletedAt == null)
            .ExecuteUpdateAsync(
                row => row.SetProperty(product => product.ReviewCount, product => product.ReviewCount), cancellationToken) == 1;

    public Task AddAsync(long productId, int reviews, int ratingSum, CancellationToken cancellationToken)
    {
        db.CatalogChanges.Add(productId);
        return db.Products
            .Where(product => product.Id == productId)
            .ExecuteUpdateAsync(
                row => row
                    .SetProperty(product => product.ReviewCount, product => product.ReviewCount + reviews)
                    .SetProperty(product => product.RatingSum, product => product.RatingSum + ratingSum),
                cancellationToken);
    }
}
