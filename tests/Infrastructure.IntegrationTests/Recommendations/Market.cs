using Shop.Infrastructure.Recommendations;

namespace Shop.Infrastructure.IntegrationTests.Recommendations;

/// <summary>
/// A made-up shop: products of falling popularity (Zipf) in categories, customers who prefer some categories and some kinds of product, a few purchases by
/// chance, and products that are bought together. A fifth of what each customer buys is hidden.
/// </summary>
internal sealed class Market
{
    private const int Users = 1_000;
    private const int Products = 400;
    private const int Categories = 12;
    private const int Factors = 3;
    private const int Days = 200;
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Random _random;
    private readonly double[] _popularity;
    private readonly double[] _chances;
    private readonly double[][] _kinds;
    private readonly Dictionary<long, double[]> _tastes = [];

    private Market(int seed, bool hasTastes)
    {
        _random = new Random(seed);
        int[] ranks = [.. Enumerable.Range(1, Products)];
        _random.Shuffle(ranks);
        _popularity = [.. ranks.Select(rank => Math.Pow(rank, -0.9))];
        _chances = RunningSums(_popularity);
        _kinds = [.. Enumerable.Range(0, Products).Select(_ => Normal(Factors))];
        for (var user = 1; user <= Users; user++)
        {
            Shop(user, hasTastes);
        }
    }

    /// <summary>What may be learnt from.</summary>
    public List<Interaction> Known { get; } = [];

    /// <summary>By customer, what was hidden.</summary>
    public Dictionary<long, HashSet<long>> Hidden { get; } = [];

    /// <summary>One where customers differ in taste.</summary>
    public static Market WithTastes(int seed) => new(seed, hasTastes: true);

    /// <summary>One where everybody buys by popularity alone.</summary>
    public static Market WithoutTastes(int seed) => new(seed, hasTastes: false);

    /// <summary>Recall@20 over all customers.</summary>
    /// <param name="rank">From a customer and their history to products, best first.</param>
    public double Recall(Func<long, long[], IEnumerable<long>> rank)
    {
        var known = Known.ToLookup(interaction => interaction.UserId, interaction => interaction.ProductId);
        return Hidden.Average(user =>
            (double)rank(user.Key, [.. known[user.Key]]).Except(known[user.Key]).Take(20).Count(user.Value.Contains) / Math.Min(20, user.Value.Count));
    }

    /// <summary>What the one who made the shop would recommend.</summary>
    public IEnumerable<long> Oracle(long user, long[] history)
    {
        var wants = _tastes[user].AsSpan().ToArray();
        var bonus = 0.25 / (1 + history.Length) * wants.Sum();
        foreach (var product in history)
        {
            wants[PartnerOf(product)] += bonus;
        }

        return Enumerable.Range(0, Products).OrderByDescending(product => wants[product]).Select(product => (long)product);
    }

    /// <summary>The textbook's popularity: by how many bought it.</summary>
    public IEnumerable<long> ByPopularity()
    {
        var users = Known.Distinct().CountBy(interaction => interaction.ProductId).ToDictionary();
        return [.. Enumerable.Range(0, Products).Select(product => (long)product).OrderByDescending(product => users.GetValueOrDefault(product)).ThenBy(product => product)];
    }

    /// <summary>The textbook's item-kNN: by the cosine to what they bought.</summary>
    public Func<long, long[], IEnumerable<long>> ByCosine()
    {
        var together = new double[Products, Products];
        var cosine = new double[Products, Products];
        foreach (var user in Known.GroupBy(interaction => interaction.UserId, interaction => interaction.ProductId))
        {
            foreach (var one in user)
            {
                foreach (var other in user)
                {
                    together[one, other]++;
                }
            }
        }

        for (var one = 0; one < Products; one++)
        {
            for (var other = 0; other < Products; other++)
            {
                cosine[one, other] = together[one, other] / Math.Sqrt(Math.Max(1, together[one, one] * together[other, other]));
            }
        }

        return (_, history) => Enumerable.Range(0, Products).Select(product => (long)product).OrderByDescending(product => history.Sum(bought => cosine[bought, product]));
    }

    private static long PartnerOf(long product) => (product + Categories) % Products;

    private void Shop(long user, bool hasTastes)
    {
        _tastes[user] = hasTastes ? Taste() : _popularity;
        var wants = RunningSums(_tastes[user]);
        var basket = new List<long>();
        for (var count = _random.Next(15, 40); basket.Count < count;)
        {
            var product = Draw(_random.NextDouble() < 0.1 ? _chances : wants);
            basket.Add(product);
            if (hasTastes && _random.NextDouble() < 0.25)
            {
                basket.Add(PartnerOf(product));
            }
        }

        foreach (var product in basket.Distinct())
        {
            if (_random.NextDouble() < 0.8)
            {
                Known.Add(new Interaction(user, product, Start.AddDays(_random.NextDouble() * Days)));
            }
            else
            {
                (Hidden.TryGetValue(user, out var hidden) ? hidden : Hidden[user] = []).Add(product);
            }
        }
    }

    private double[] Taste()
    {
        var categories = Enumerable.Range(0, Categories).Select(_ => Math.Pow(_random.NextDouble(), 6)).ToArray();
        var kind = Normal(Factors);
        return [.. _popularity.Select((popularity, product) =>
            popularity * categories[product % Categories] * Math.Exp(0.8 * kind.Zip(_kinds[product], (one, other) => one * other).Sum()))];
    }

    private long Draw(double[] sums)
    {
        var place = Array.BinarySearch(sums, _random.NextDouble() * sums[^1]);
        return place < 0 ? ~place : place;
    }

    private static double[] RunningSums(double[] values)
    {
        var sum = 0.0;
        return [.. values.Select(value => sum += value)];
    }

    private double[] Normal(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble()))];
}
