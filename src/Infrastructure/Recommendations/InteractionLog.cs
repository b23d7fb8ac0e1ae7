using System.Runtime.InteropServices;

namespace Shop.Infrastructure.Recommendations;

/// <summary>Gathers interactions in any order; what is made of them depends on the interactions alone, not on their order.</summary>
internal sealed class InteractionLog
{
    private readonly Dictionary<long, int> _users = [];
    private readonly Dictionary<long, int> _products = [];
    private readonly List<Event> _events = [];

    /// <summary>How many interactions were added.</summary>
    public int Count => _events.Count;

    /// <summary>Adds one.</summary>
    /// <param name="interaction">A purchase or a favorite.</param>
    public void Add(Interaction interaction) =>
        _events.Add(new Event(
            IndexOf(_users, interaction.UserId),
            IndexOf(_products, interaction.ProductId),
            (int)Math.Clamp(interaction.At.ToUnixTimeSeconds() / 60, int.MinValue, int.MaxValue)));

    /// <summary>Everything added so far, in order of user, product and time.</summary>
    /// <param name="alsoProducts">Products that get an index although nobody may have been interested in them.</param>
    public InteractionTable ToTable(IEnumerable<long> alsoProducts)
    {
        long[] users = [.. _users.Keys.Order()];
        long[] products = [.. _products.Keys.Union(alsoProducts).Order()];
        var (userIndex, productIndex) = (Places(_users, users), Places(_products, products));
        var keys = new ulong[_events.Count];
        var minutes = new int[_events.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = ((ulong)userIndex[_events[i].User] << 32) | (uint)productIndex[_events[i].Product];
            minutes[i] = _events[i].Minute;
        }

        Array.Sort(keys, minutes);
        return new InteractionTable(users, products, keys, minutes);
    }

    private static int IndexOf(Dictionary<long, int> index, long id)
    {
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(index, id, out var exists);
        return exists ? place : place = index.Count - 1;
    }

    private static int[] Places(Dictionary<long, int> index, long[] sorted)
    {
        var places = new int[index.Count];
        foreach (var (id, place) in index)
        {
            places[place] = Array.BinarySearch(sorted, id);
        }

        return places;
    }

    private readonly record struct Event(int User, int Product, int Minute);
}
