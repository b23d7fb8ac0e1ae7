namespace Shop.Application.Abstractions;

/// <summary>What an answer shows of the catalog.</summary>
public enum CatalogView
{
    /// <summary>One product: changes with that product, and with its category.</summary>
    Product,

    /// <summary>Products by some filter: changes with every product.</summary>
    Products,

    /// <summary>Categories: no sale changes them.</summary>
    Categories,
}

/// <summary>How a part of the catalog stood at some moment; means something to <see cref="ICatalogFreshness"/> alone.</summary>
/// <param name="Slot">Which counter tells of changes of the part.</param>
/// <param name="Changes">What it stood at.</param>
/// <param name="Epoch">How often everything had changed by then.</param>
/// <param name="At">When that was, as <see cref="TimeProvider.GetTimestamp"/> says it.</param>
public readonly record struct CatalogStamp(int Slot, long Changes, long Epoch, long At);

/// <summary>
/// Tells whether what was read of the catalog a moment ago is still true, without reading it again: what this node writes counts at once,
/// what others write within a second.
/// </summary>
public interface ICatalogFreshness
{
    /// <summary>How long a stamp can hold at most.</summary>
    TimeSpan Lifetime { get; }

    /// <summary>Notes how a part of the catalog stands. Taken before the part is read: what changes while it is being read ends the stamp.</summary>
    /// <param name="view">Which part.</param>
    /// <param name="productId">The product, where the part is one.</param>
    /// <returns>Null while this node can't know of the changes of others.</returns>
    CatalogStamp? Stamp(CatalogView view, long productId = 0);

    /// <summary>Whether nothing has changed since.</summary>
    /// <param name="stamp">What was noted.</param>
    bool Holds(in CatalogStamp stamp);
}
