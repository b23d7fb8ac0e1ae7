namespace Shop.Infrastructure.Recommendations;

/// <summary>All interactions, by user and product.</summary>
/// <param name="Users">Ids, ascending; their places are the indexes of users.</param>
/// <param name="Products">Ids, ascending; their places are the indexes of products.</param>
/// <param name="Keys">For each interaction the user's index, and the product's in the lower half; ascending.</param>
/// <param name="Minutes">Beside each its time, in minutes since 1970.</param>
internal sealed record InteractionTable(long[] Users, long[] Products, ulong[] Keys, int[] Minutes)
{
    /// <summary>How many interactions there are.</summary>
    public int Count => Keys.Length;

    /// <summary>The matrix of those interactions that a condition chooses.</summary>
    /// <param name="maxHistory">How many products of a user count, the latest first.</param>
    /// <param name="chooses">User, product and minute; null chooses all.</param>
    public InteractionMatrix ToMatrix(int maxHistory, Func<int, int, int, bool>? chooses = null)
    {
        var starts = new int[Users.Length + 1];
        var entries = new List<int>(Count);
        var minutes = new List<int>(Count);
        var next = 0;
        for (var user = 0; user < Users.Length; user++)
        {
            var from = entries.Count;
            for (; next < Keys.Length && (int)(Keys[next] >> 32) == user; next++)
            {
                var (product, minute) = ((int)(uint)Keys[next], Minutes[next]);
                if (chooses is not null && !chooses(user, product, minute))
                {
                    continue;
                }

                if (entries.Count > from && entries[^1] == product)
                {
                    minutes[^1] = Math.Max(minutes[^1], minute);
                }
                else
                {
                    entries.Add(product);
                    minutes.Add(minute);
                }
            }

            KeepLatest(entries, minutes, from, maxHistory);
            starts[user + 1] = entries.Count;
        }

        return new InteractionMatrix(Products.Length, starts, [.. entries], [.. minutes]);
    }

    private static void KeepLatest(List<int> entries, List<int> minutes, int from, int max)
    {
        var count = entries.Count - from;
        if (count <= max)
        {
            return;
        }

        var kept = Enumerable.Range(from, count)
            .OrderByDescending(place => minutes[place]).ThenBy(place => entries[place])
            .Take(max).Order()
            .Select(place => (entries[place], minutes[place])).ToList();
        entries.RemoveRange(from, count);
        minutes.RemoveRange(from, count);
        foreach (var (entry, minute) in kept)
        {
            entries.Add(entry);
            minutes.Add(minute);
        }
    }
}
