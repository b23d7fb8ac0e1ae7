using Shop.Application.Catalog;
using Shop.Application.Common.Paging;
using Shop.Domain.Common;

namespace Shop.Application.Abstractions;

/// <summary>
/// The shop's hottest reads, which each database may answer by a way of its own that is shorter than a specification's. Whatever the way,
/// the answers are those of <see cref="Shop.Domain.Catalog.ProductSpecs"/>.
/// </summary>
public interface ICatalogReads
{
    /// <summary>A product, while it is in the catalog.</summary>
    /// <param name="id">The product's id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<ProductAnswer?> FindAsync(long id, CancellationToken cancellationToken);

    /// <summary>A page of the catalog.</summary>
    /// <param name="query">What to show; valid in shape.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Refused when the cursor belongs to another list.</returns>
    Task<Result<Page<ProductAnswer>>> ListAsync(ListProducts query, CancellationToken cancellationToken);

    /// <summary>What is found of the catalog, as far as the work for it is bounded.</summary>
    /// <param name="query">What to find; valid in shape.</param>
    /// <param name="atMost">How many products are looked at.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<CatalogLook> LookAsync(GetProductFacets query, int atMost, CancellationToken cancellationToken);
}

/// <summary>What was found by looking at a part of the catalog.</summary>
/// <param name="Found">The products that the filters find in that part.</param>
/// <param name="IsAll">Whether that is all that they find.</param>
public sealed record CatalogLook(IReadOnlyList<FacetedProduct> Found, bool IsAll);
