namespace Shop.Infrastructure.Recommendations;

/// <summary>A part of the interactions put aside, to see how well the others tell it.</summary>
/// <param name="Known">The others.</param>
/// <param name="Users">Users of both parts, at most <see cref="MaxUsers"/>.</param>
/// <param name="Hidden">Beside each of them the products put aside that are not among those known of them; never empty.</param>
internal sealed record HoldOut(InteractionMatrix Known, int[] Users, int[][] Hidden)
{
    /// <summary>Fewer users tell nothing.</summary>
    public const int MinUsers = 50;

    /// <summary>More users tell hardly more.</summary>
    public const int MaxUsers = 1_000;

    private const double KnownShare = 0.85;
    private const uint HiddenOneOf = 5;

    /// <summary>Puts the latest interactions aside or, where that leaves too few users, some chosen by chance.</summary>
    /// <returns>Null when there are too few users either way.</returns>
    public static HoldOut? Of(InteractionTable table, int maxHistory) =>
        ByTime(table, maxHistory) is { Users.Length: >= MinUsers } latest ? latest
        : ByChance(table, maxHistory) is { Users.Length: >= MinUsers } some ? some
        : null;

    /// <summary>Puts aside what happened at a time or later.</summary>
    /// <param name="table">All interactions.</param>
    /// <param name="minute">The time, in minutes since 1970.</param>
    /// <param name="maxHistory">How many products of a user count.</param>
    /// <param name="maxUsers">How many users are asked at most.</param>
    public static HoldOut From(InteractionTable table, int minute, int maxHistory, int maxUsers) => Split(table, maxHistory, maxUsers, (_, _, at) => at >= minute);

    private static HoldOut? ByTime(InteractionTable table, int maxHistory)
    {
        if (table.Count == 0)
        {
            return null;
        }

        var sorted = table.Minutes.AsSpan().ToArray();
        Array.Sort(sorted);
        return From(table, sorted[(int)(KnownShare * sorted.Length)], maxHistory, MaxUsers);
    }

    private static HoldOut ByChance(InteractionTable table, int maxHistory) =>
        Split(table, maxHistory, MaxUsers, (user, product, _) => Scramble((uint)user, (uint)product) % HiddenOneOf == 0);

    private static HoldOut Split(InteractionTable table, int maxHistory, int maxUsers, Func<int, int, int, bool> hides)
    {
        var known = table.ToMatrix(maxHistory, (user, product, minute) => !hides(user, product, minute));
        var later = table.ToMatrix(int.MaxValue, hides);
        var (users, hidden) = (new List<int>(), new List<int[]>());
        for (var user = 0; user < known.Rows; user++)
        {
            int[] targets = known[user].IsEmpty ? [] : [.. later[user].ToArray().Except(known[user].ToArray())];
            if (targets.Length > 0)
            {
                users.Add(user);
                hidden.Add(targets);
            }
        }

        var step = Math.Max(1, (double)users.Count / maxUsers);
        int[] chosen = [.. Enumerable.Range(0, Math.Min(users.Count, maxUsers)).Select(i => (int)(i * step))];
        return new HoldOut(known, [.. chosen.Select(i => users[i])], [.. chosen.Select(i => hidden[i])]);
    }

    /// <summary>The finalizer of MurmurHash3: the same on every machine, unlike <see cref="HashCode"/>.</summary>
    private static uint Scramble(uint user, uint product)
    {
        var hash = (user * 0x9E3779B9u) ^ product;
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6Bu;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35u;
        return hash ^ (hash >> 16);
    }
}
