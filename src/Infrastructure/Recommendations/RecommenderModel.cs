namespace Shop.Infrastructure.Recommendations;

/// <summary>
/// What was learnt, unchanging and safe to share. It keeps nothing of any user: tastes are told from the history that each question brings, so that somebody
/// who came after the training is answered as well as everybody else. Products are named by their index outside the questions.
/// </summary>
internal sealed class RecommenderModel
{
    /// <summary>What a new product is worth beside the most alike that is known: less, since nobody has vouched for it.</summary>
    private const float NewProductShare = 0.5f;

    private readonly float _typicalFit;

    /// <summary>A model of parts that fit together.</summary>
    /// <param name="parts">All it knows.</param>
    public RecommenderModel(ModelParts parts)
    {
        Parts = parts;
        _typicalFit = TypicalFit(parts.Weights);
    }

    /// <summary>All it knows.</summary>
    public ModelParts Parts { get; }

    /// <summary>All products, best first for somebody; without those of their history.</summary>
    /// <param name="history">What they bought or like; products that the model does not know are passed over. Nothing: what is popular lately.</param>
    /// <param name="withReason">Only those that something speaks for; the others come in no order that means anything.</param>
    public IEnumerable<long> Rank(IEnumerable<long> history, bool withReason = false)
    {
        var known = IndexesOf(history);
        var scores = new float[Parts.Products.Length];
        if (known.Length == 0)
        {
            Parts.PopularLately.CopyTo(scores, 0);
        }
        else if (!Parts.IsPersonal)
        {
            Parts.Popular.CopyTo(scores, 0);
        }
        else
        {
            AddFits(known, scores);
            Blend.Mix(scores, Parts.Popular, Parts.PopularityShare);
        }

        return Descending(scores, known, withReason ? 0 : float.NegativeInfinity);
    }

    /// <summary>Products like one, best first: bought by the same people, or alike by name and category.</summary>
    /// <param name="productId">The product; one that the model does not know has none.</param>
    public IEnumerable<long> Similar(long productId)
    {
        var known = IndexesOf([productId]);
        if (known.Length == 0)
        {
            return [];
        }

        var scores = new float[Parts.Products.Length];
        AddFits(known, scores);
        var likes = Parts.Likeness;
        for (var i = likes.Starts[known[0]]; i < likes.Starts[known[0] + 1]; i++)
        {
            ref var score = ref scores[likes.Columns[i]];
            score = Math.Max(score, NewProductShare * _typicalFit * (float)likes.Values[i]);
        }

        return Descending(scores, known, 0);
    }

    /// <summary>The best for somebody, of those that may be shown.</summary>
    /// <param name="history">See <see cref="Rank"/>.</param>
    /// <param name="mayBeShown">By product id: in the catalog, in stock, not bought. Asked for the best products alone.</param>
    /// <param name="limit">How many at most.</param>
    /// <returns>Ids; fewer than the limit only when no more may be shown.</returns>
    public List<long> Recommend(IEnumerable<long> history, Func<long, bool> mayBeShown, int limit) => [.. Rank(history).Where(mayBeShown).Take(limit)];

    private void AddFits(ReadOnlySpan<int> history, Span<float> fits)
    {
        Blend.Fit(Parts.Weights, history, fits);
        Blend.Lift(fits, Parts.Lift, fits);
        var likes = Parts.Likeness;
        foreach (var product in Parts.NewProducts)
        {
            var fit = 0f;
            for (var i = likes.Starts[product]; i < likes.Starts[product + 1]; i++)
            {
                var like = likes.Columns[i];
                var own = history.BinarySearch(like) >= 0 ? _typicalFit : 0;
                fit = Math.Max(fit, (float)likes.Values[i] * (fits[like] + own));
            }

            fits[product] = NewProductShare * fit;
        }
    }

    private int[] IndexesOf(IEnumerable<long> products) =>
        [.. products.Select(product => Array.BinarySearch(Parts.Products, product)).Where(index => index >= 0).Distinct().Order()];

    /// <summary>Sorts no more than is asked for.</summary>
    private IEnumerable<long> Descending(float[] scores, int[] without, float above)
    {
        foreach (var product in without)
        {
            scores[product] = float.NaN;
        }

        var queue = new PriorityQueue<int, (float, int)>(
            Enumerable.Range(0, scores.Length).Where(product => scores[product] > above).Select(product => (product, (-scores[product], product))));
        while (queue.TryDequeue(out var product, out _))
        {
            yield return Parts.Products[product];
        }
    }

    /// <summary>The mean, over the products that lead anywhere, of the weight of where they lead first.</summary>
    private static float TypicalFit(SparseWeights weights) =>
        Enumerable.Range(0, weights.Size)
            .Select(row => weights.Values[weights[row]])
            .Where(values => values.Length > 0)
            .Select(values => (float)values.Max())
            .DefaultIfEmpty(1)
            .Average();
}
