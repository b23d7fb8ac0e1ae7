using Shop.Application.Abstractions;

namespace Shop.Infrastructure.Caching;

/// <summary>Categories that had none below them, while nothing changes in the tree: their lists need not ask.</summary>
internal sealed class LeafCategories(ICatalogFreshness freshness)
{
    private const int MaxKnown = 10_000;

    private readonly BoundedMap<long, CatalogStamp> _known = new(MaxKnown);

    /// <summary>Whether a category is known to have none below it.</summary>
    public bool Has(long id) => _known.TryGet(id, out var stamp) && freshness.Holds(stamp);

    /// <summary>How the tree stands, to be taken before it is looked at; null when nothing may be kept.</summary>
    public CatalogStamp? Stamp() => freshness.Stamp(CatalogView.Categories, 0);

    /// <summary>Keeps that a category has none below it.</summary>
    /// <param name="id">The category.</param>
    /// <param name="stamp">How the tree stood before that was read.</param>
    public void Note(long id, CatalogStamp? stamp)
    {
        if (stamp is { } standing)
        {
            _known.Set(id, standing);
        }
    }
}
