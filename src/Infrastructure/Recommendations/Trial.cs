namespace Shop.Infrastructure.Recommendations;

/// <summary>
/// Chooses a <see cref="Blend"/> by how well each would have told the latest interactions from those before. The usual one stands unless another does better
/// beyond doubt, and popularity stands unless tastes do, so that a shop whose customers have none in common does not pay for a model of them.
/// </summary>
internal sealed class Trial
{
    /// <summary>By so many standard errors of the difference a choice must be better to replace a simpler one.</summary>
    private const double Doubt = 2;

    private static readonly double[] Regularizations = [2, 7];
    private static readonly double[] TrendExponents = [0, 0.5, 1];
    private static readonly double[] PopularityShares = [0.01, 0.1, 0.3];

    private readonly HoldOut _holdOut;
    private readonly Popularity _popularity;
    private readonly ParallelOptions _options;

    private Trial(HoldOut holdOut, CancellationToken cancellationToken)
    {
        _holdOut = holdOut;
        _popularity = Popularity.Of(holdOut.Known);
        _options = TrainingThreads.Parallelism(cancellationToken);
    }

    /// <summary>Chooses.</summary>
    /// <param name="table">All interactions.</param>
    /// <param name="items">How tastes are trained.</param>
    /// <param name="settings">What bounds the effort.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Blend Choose(InteractionTable table, ItemWeights items, RecommenderSettings settings, CancellationToken cancellationToken) =>
        HoldOut.Of(table, settings.MaxHistory) is { } holdOut
            ? new Trial(holdOut, cancellationToken).Choose(items, settings.MaxTrialProducts)
            : Blend.Default;

    private Blend Choose(ItemWeights items, int maxProducts)
    {
        var popular = TryPopular(isRecent: false);
        var recent = TryPopular(isRecent: true);
        popular = IsBetter(recent.Recalls, popular.Recalls) ? recent : popular;

        var personal = new List<(Blend Blend, double[] Recalls)>();
        foreach (var regularization in items.IsDense ? Regularizations : [Blend.Default.Regularization])
        {
            var weights = items.Train(_holdOut.Known, _popularity, regularization, maxProducts, _options.CancellationToken);
            personal.AddRange(TryPersonal(weights, popular.Blend.IsRecent, regularization));
        }

        var usual = personal.Find(tried => tried.Blend == Blend.Default with { IsRecent = popular.Blend.IsRecent });
        var best = personal.MaxBy(tried => tried.Recalls.Average());
        best = IsBetter(best.Recalls, usual.Recalls) ? best : usual;
        return IsBetter(best.Recalls, popular.Recalls) ? best.Blend : popular.Blend;
    }

    private (Blend Blend, double[] Recalls) TryPopular(bool isRecent)
    {
        var popular = _popularity.Relative(isRecent);
        var recalls = new double[_holdOut.Users.Length];
        ForEachUser(
            () => new float[popular.Length],
            (i, scores) =>
            {
                popular.CopyTo(scores, 0);
                recalls[i] = Recall.Of(scores, _holdOut.Known[_holdOut.Users[i]], _holdOut.Hidden[i]);
            });
        return (Blend.Popular(isRecent), recalls);
    }

    private List<(Blend Blend, double[] Recalls)> TryPersonal(SparseWeights weights, bool isRecent, double regularization)
    {
        var popular = _popularity.Relative(isRecent);
        List<(Blend Blend, double[] Recalls)> tries =
        [
            .. from exponent in TrendExponents
               from share in PopularityShares
               select (new Blend(true, regularization, exponent, share, isRecent), new double[_holdOut.Users.Length]),
        ];
        var lifts = tries.ConvertAll(tried => tried.Blend.LiftBy(_popularity));
        ForEachUser(
            () => (Fit: new float[popular.Length], Scores: new float[popular.Length]),
            (i, own) =>
            {
                var known = _holdOut.Known[_holdOut.Users[i]];
                Array.Clear(own.Fit);
                Blend.Fit(weights, known, own.Fit);
                for (var number = 0; number < tries.Count; number++)
                {
                    Blend.Lift(own.Fit, lifts[number], own.Scores);
                    Blend.Mix(own.Scores, popular, (float)tries[number].Blend.PopularityShare);
                    tries[number].Recalls[i] = Recall.Of(own.Scores, known, _holdOut.Hidden[i]);
                }
            });
        return tries;
    }

    /// <summary>On all processors, each with scratch space of its own: as long as the catalog, for each user anew it would be hundreds of megabytes of garbage.</summary>
    private void ForEachUser<TScratch>(Func<TScratch> scratch, Action<int, TScratch> each) =>
        Parallel.For(
            0,
            _holdOut.Users.Length,
            _options,
            scratch,
            (i, _, own) =>
            {
                each(i, own);
                return own;
            },
            _ => { });

    /// <summary>Compares user by user, which tells more than the two means.</summary>
    private static bool IsBetter(double[] recalls, double[] than)
    {
        var differences = recalls.Zip(than, (mine, theirs) => mine - theirs).ToArray();
        var mean = differences.Average();
        var variance = differences.Sum(difference => (difference - mean) * (difference - mean)) / (differences.Length - 1);
        return mean > Doubt * Math.Sqrt(variance / differences.Length);
    }
}
