using Shop.Domain.Common;

namespace Shop.Domain.Reviews;

/// <summary>The queries over reviews.</summary>
public static class ReviewSpecs
{
    /// <summary>The review of that id, while its product is in the catalog.</summary>
    /// <param name="id">The review's id.</param>
    public static Specification<Review> ById(long id) =>
        new(query => query.Where(review => review.Id == id && review.Product!.DeletedAt == null));

    /// <summary>What users think of a product of the catalog, newest first.</summary>
    /// <param name="productId">The product.</param>
    public static Specification<Review> Of(long productId) =>
        new(query => query
            .Where(review => review.ProductId == productId && review.Product!.DeletedAt == null)
            .OrderByDescending(review => review.CreatedAt)
            .OrderByDescending(review => review.Id));
}
