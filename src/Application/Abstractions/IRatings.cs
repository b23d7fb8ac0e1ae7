namespace Shop.Application.Abstractions;

/// <summary>Keeps a product's rating in step with its reviews, by one conditional statement inside the unit of work.</summary>
public interface IRatings
{
    /// <summary>Locks a product of the catalog until the transaction ends; comes before its reviews are touched.</summary>
    /// <param name="productId">The product.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether the catalog has it.</returns>
    Task<bool> LockAsync(long productId, CancellationToken cancellationToken);

    /// <summary>Adds to a product's reviews.</summary>
    /// <param name="productId">The product.</param>
    /// <param name="reviews">How many more: 1, 0 or −1.</param>
    /// <param name="ratingSum">By how much the sum of ratings moves.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task AddAsync(long productId, int reviews, int ratingSum, CancellationToken cancellationToken);
}
