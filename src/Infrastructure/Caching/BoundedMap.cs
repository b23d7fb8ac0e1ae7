using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Shop.Infrastructure.Caching;

/// <summary>What is known of so many things at most; at one more it begins anew, since all of it can be asked for again.</summary>
/// <param name="most">So many.</param>
internal sealed class BoundedMap<TKey, TValue>(int most)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, TValue> _known = new();

    /// <summary>What is known of a thing.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value) => _known.TryGetValue(key, out value);

    /// <summary>Keeps what is known of a thing.</summary>
    public void Set(TKey key, TValue value)
    {
        if (_known.Count >= most)
        {
            _known.Clear();
        }

        _known[key] = value;
    }

    /// <summary>Forgets a thing.</summary>
    public void Remove(TKey key) => _known.TryRemove(key, out _);
}
