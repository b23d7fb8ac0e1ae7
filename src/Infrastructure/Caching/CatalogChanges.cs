namespace Shop.Infrastructure.Caching;

/// <summary>
/// What a transaction changes of what the catalog shows. Whoever writes to products or categories by a statement of its own says so here;
/// what is saved through the change tracker is noted by itself.
/// </summary>
internal sealed class CatalogChanges
{
    /// <summary>From so many on, naming each costs more than reading everything anew.</summary>
    private const int MostNamed = 1_000;

    private readonly HashSet<long> _products = [];

    /// <summary>Whether more has changed than is named.</summary>
    public bool IsEverything { get; private set; }

    /// <summary>The products that changed.</summary>
    public IReadOnlyCollection<long> Products => _products;

    /// <summary>Notes a product.</summary>
    /// <param name="id">Its id.</param>
    public void Add(long id)
    {
        _products.Add(id);
        IsEverything |= _products.Count > MostNamed;
    }

    /// <summary>Notes that anything may have changed.</summary>
    public void AddEverything() => IsEverything = true;

    /// <summary>Forgets all: another transaction begins.</summary>
    public void Clear()
    {
        _products.Clear();
        IsEverything = false;
    }
}
