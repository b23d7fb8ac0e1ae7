namespace Shop.Application.Abstractions;

/// <summary>Keeps a product's rating in step with its reviews, by one conditional statement inside the unit of work.</summary>
public interface IRatings
{
    /// <summary>Adds to a product's reviews.</summary>
    /// <param name="productId">The product.</param>
    /// <param name="reviews">How many more: 1, 0 or −1.</param>
    /// <param name="ratingSum">By how much the sum of ratings moves.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task AddAsync(long productId, int reviews, int ratingSum, CancellationToken cancellationToken);
}
