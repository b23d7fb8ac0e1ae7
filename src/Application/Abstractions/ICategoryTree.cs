namespace Shop.Application.Abstractions;

/// <summary>Walks the category tree, one statement a walk however deep it is.</summary>
public interface ICategoryTree
{
    /// <summary>A filter's categories with all below them.</summary>
    /// <param name="id">The category of this id, or null for any.</param>
    /// <param name="name">The categories of this name without regard to case, wherever they stand, or null for any.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null when there is no filter, empty when it names none that exists.</returns>
    Task<IReadOnlyCollection<long>?> ReachAsync(long? id, string? name, CancellationToken cancellationToken);

    /// <summary>A category and all above it, itself first.</summary>
    /// <param name="id">The category; null is above the top.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Empty for null; null when there is no such category.</returns>
    Task<IReadOnlyList<long>?> PathAsync(long? id, CancellationToken cancellationToken);

    /// <summary>How many levels a category and all below it span: 1 when nothing is below it.</summary>
    /// <param name="id">The category.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<int> HeightAsync(long id, CancellationToken cancellationToken);

    /// <summary>Takes the products that left the catalog out of a category, inside the unit of work, so that they don't keep it alive.</summary>
    /// <param name="id">The category.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task ReleaseWithdrawnAsync(long id, CancellationToken cancellationToken);
}
