using Shop.Application.Abstractions;

namespace Shop.Infrastructure.Caching;

/// <summary>
/// Counts changes instead of looking for what they make stale: a stamp holds while its counters stand where they stood. Products share
/// counters, since a needless miss costs less than a counter per product.
/// </summary>
internal sealed class CatalogFreshness(ICatalogFeed feed, TimeProvider clock) : ICatalogFreshness
{
    private const int Lists = 0;
    private const int Categories = 1;
    private const int SignIns = 2;
    private const int FirstProduct = 3;
    private const int ProductCounters = 16_384;

    private readonly long[] _changes = new long[FirstProduct + ProductCounters];
    private long _epoch;
    private volatile bool _isFollowed;

    /// <summary>Whether this node hears of the changes of others.</summary>
    public bool IsFollowed => _isFollowed;

    public TimeSpan Lifetime => feed.Lifetime;

    public CatalogStamp? Stamp(CatalogView view, long productId)
    {
        if (!_isFollowed)
        {
            return null;
        }

        var slot = view switch
        {
            CatalogView.Product => SlotOf(productId),
            CatalogView.Products => Lists,
            CatalogView.Categories => Categories,
            _ => throw new ArgumentOutOfRangeException(nameof(view), view, null),
        };
        return Stamp(slot);
    }

    /// <summary>A stamp for who signed in, to be taken before that is read; null when nothing may be kept.</summary>
    public CatalogStamp? StampSignIns() => _isFollowed ? Stamp(SignIns) : null;

    public bool Holds(in CatalogStamp stamp) =>
        _isFollowed
        && stamp.Epoch == Volatile.Read(ref _epoch)
        && stamp.Changes == Volatile.Read(ref _changes[stamp.Slot])
        && clock.GetElapsedTime(stamp.At) < Lifetime;

    /// <summary>Products have changed, and so have all lists.</summary>
    /// <param name="products">Their ids.</param>
    public void Change(IEnumerable<long> products)
    {
        foreach (var id in products)
        {
            Interlocked.Increment(ref _changes[SlotOf(id)]);
        }

        Interlocked.Increment(ref _changes[Lists]);
    }

    /// <summary>A sign-in has ended, or a person has changed.</summary>
    public void EndSignIns() => Interlocked.Increment(ref _changes[SignIns]);

    /// <summary>Anything may have changed.</summary>
    public void ChangeAll() => Interlocked.Increment(ref _epoch);

    /// <summary>From now on, every change that others commit is heard of.</summary>
    public void Follow() => _isFollowed = true;

    /// <summary>From now on, changes of others may go unheard.</summary>
    public void Lose()
    {
        _isFollowed = false;
        ChangeAll();
    }

    private CatalogStamp Stamp(int slot) => new(slot, Volatile.Read(ref _changes[slot]), Volatile.Read(ref _epoch), clock.GetTimestamp());

    private static int SlotOf(long productId) => FirstProduct + (int)((ulong)productId % ProductCounters);
}
