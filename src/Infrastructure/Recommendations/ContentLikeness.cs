namespace Shop.Infrastructure.Recommendations;

/// <summary>
/// Tells how alike products are by the words of their names, rare ones counting more (TF-IDF and the cosine), and by their category: all that is
/// known of a product that nobody has bought yet.
/// </summary>
internal sealed class ContentLikeness
{
    /// <summary>Likeness of two products of one category without a word in common; the words make up the rest to 1.</summary>
    public const float SameCategory = 0.3f;

    private const int MaxKnown = 10;
    private const int MaxNew = 5;
    private const int MinWordLength = 2;

    /// <summary>Bounds the time: a word or category of more products than that names no kind of them.</summary>
    private const int MaxPostings = 1_000;
    private const int CategoryRepresentatives = 20;

    private readonly int[][] _words;
    private readonly float[][] _weights;
    private readonly List<(int Product, float Weight)>[] _postings;
    private readonly int[][] _categoryOf;
    private readonly Popularity _popularity;

    private ContentLikeness(CatalogEntry?[] entries, Popularity popularity)
    {
        _popularity = popularity;
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        _words = [.. entries.Select(entry => WordsOf(entry?.Name ?? "").Select(word => IndexOf(index, word)).Distinct().Order().ToArray())];
        var frequency = new int[index.Count];
        foreach (var word in _words.SelectMany(words => words))
        {
            frequency[word]++;
        }

        _weights = [.. _words.Select(words => Normalized([.. words.Select(word => MathF.Log(1 + ((float)entries.Length / frequency[word])))]))];
        _postings = [.. frequency.Select(count => new List<(int, float)>(count <= MaxPostings ? count : 0))];
        for (var product = 0; product < entries.Length; product++)
        {
            for (var i = 0; i < _words[product].Length; i++)
            {
                if (frequency[_words[product][i]] <= MaxPostings)
                {
                    _postings[_words[product][i]].Add((product, _weights[product][i]));
                }
            }
        }

        _categoryOf = Categories(entries, popularity);
    }

    /// <summary>The products most like each: some that sell and, separately, some that are new.</summary>
    /// <param name="entries">One a product; null for what has left the catalog, which is like nothing.</param>
    /// <param name="popularity">One a product.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Likeness from 0 to 1.</returns>
    public static SparseWeights Of(CatalogEntry?[] entries, Popularity popularity, CancellationToken cancellationToken)
    {
        var content = new ContentLikeness(entries, popularity);
        var rows = new IReadOnlyList<(int, float)>[entries.Length];
        Parallel.For(0, entries.Length, TrainingThreads.Parallelism(cancellationToken), () => new Sums(entries.Length), (product, _, sums) =>
        {
            rows[product] = content.Row(product, sums);
            return sums;
        }, _ => { });
        return SparseWeights.FromRows(rows, null);
    }

    private List<(int, float)> Row(int product, Sums sums)
    {
        for (var i = 0; i < _words[product].Length; i++)
        {
            foreach (var (other, weight) in _postings[_words[product][i]])
            {
                sums.Add(other, (1 - SameCategory) * weight * _weights[product][i]);
            }
        }

        foreach (var other in _categoryOf[product])
        {
            sums.Add(other, SameCategory);
        }

        var (known, fresh) = (new List<(int, float)>(MaxKnown + 1), new List<(int, float)>(MaxNew + 1));
        foreach (var entry in sums.Drain())
        {
            if (entry.Product != product)
            {
                var (first, count) = _popularity.AllTime[entry.Product] == 0 ? (fresh, MaxNew) : (known, MaxKnown);
                Keep(first, count, entry);
            }
        }

        return [.. known, .. fresh];
    }

    /// <summary>Puts a product among the first so many, in their order, if it belongs there.</summary>
    private void Keep(List<(int Product, float Likeness)> first, int count, (int Product, float Likeness) entry)
    {
        if (first.Count == count && IsBefore(first[^1], entry))
        {
            return; // as nearly all
        }

        var place = first.Count;
        while (place > 0 && IsBefore(entry, first[place - 1]))
        {
            place--;
        }

        first.Insert(place, entry);
        if (first.Count > count)
        {
            first.RemoveAt(count);
        }
    }

    /// <summary>The more alike first; of equals what sells better lately, then the lower id.</summary>
    private bool IsBefore((int Product, float Likeness) one, (int Product, float Likeness) other) =>
        (one.Likeness, _popularity.Lately[one.Product], -one.Product).CompareTo((other.Likeness, _popularity.Lately[other.Product], -other.Product)) > 0;

    /// <summary>For each product those of its category that are compared with it: all, or of many the most popular and the newest.</summary>
    private static int[][] Categories(CatalogEntry?[] entries, Popularity popularity)
    {
        var categoryOf = new int[entries.Length][];
        Array.Fill(categoryOf, []);
        var products = Enumerable.Range(0, entries.Length).Where(product => entries[product]?.CategoryId is not null);
        foreach (var category in products.GroupBy(product => entries[product]!.CategoryId))
        {
            int[] members = [.. category];
            int[] compared = members.Length <= MaxPostings
                ? members
                : [.. members.OrderByDescending(product => popularity.Lately[product]).ThenBy(product => product).Take(CategoryRepresentatives)
                    .Union(members.Where(product => popularity.AllTime[product] == 0).TakeLast(CategoryRepresentatives))];
            foreach (var product in members)
            {
                categoryOf[product] = compared;
            }
        }

        return categoryOf;
    }

    private static IEnumerable<string> WordsOf(string name)
    {
        var start = 0;
        for (var i = 0; i <= name.Length; i++)
        {
            if (i < name.Length && char.IsLetterOrDigit(name[i]))
            {
                continue;
            }

            if (i - start >= MinWordLength)
            {
                yield return name[start..i].ToUpperInvariant();
            }

            start = i + 1;
        }
    }

    private static int IndexOf(Dictionary<string, int> index, string word)
    {
        if (!index.TryGetValue(word, out var place))
        {
            index.Add(word, place = index.Count);
        }

        return place;
    }

    private static float[] Normalized(float[] vector)
    {
        var length = MathF.Sqrt(vector.Sum(value => value * value));
        return [.. vector.Select(value => value / length)];
    }

    /// <summary>One likeness a product, most of them zero; used again for each row.</summary>
    private sealed class Sums(int products)
    {
        private readonly float[] _likeness = new float[products];
        private readonly List<int> _touched = [];

        /// <summary>Adds to a product's likeness.</summary>
        public void Add(int product, float likeness)
        {
            if (_likeness[product] == 0)
            {
                _touched.Add(product);
            }

            _likeness[product] += likeness;
        }

        /// <summary>Those that are not zero; all are zero when the last is read.</summary>
        public IEnumerable<(int Product, float Likeness)> Drain()
        {
            foreach (var product in _touched)
            {
                yield return (product, _likeness[product]);
                _likeness[product] = 0;
            }

            _touched.Clear();
        }
    }
}
