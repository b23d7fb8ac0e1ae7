namespace Shop.Infrastructure.Recommendations;

/// <summary>How the parts of a recommendation are weighed against each other; chosen by <see cref="Trial"/>.</summary>
/// <param name="IsPersonal">Whether tastes decide at all; else popularity does alone.</param>
/// <param name="Regularization">λ of <see cref="Ease"/> as a multiple of how many users a product has in the mean.</param>
/// <param name="TrendExponent">How much <see cref="Popularity.Trend"/> counts: 0 not at all, 1 in proportion.</param>
/// <param name="PopularityShare">What the most popular product is worth beside the one that fits best, which is worth 1.</param>
/// <param name="IsRecent">Whether popularity is that of late, else that of all time.</param>
internal sealed record Blend(bool IsPersonal, double Regularization, double TrendExponent, double PopularityShare, bool IsRecent)
{
    /// <summary>The usual one, also for shops with too little history to choose by.</summary>
    public static readonly Blend Default = new(true, 7, 1, 0.01, true);

    /// <summary>Popularity alone.</summary>
    /// <param name="isRecent">That of late, else that of all time.</param>
    public static Blend Popular(bool isRecent) => Default with { IsPersonal = false, IsRecent = isRecent };

    /// <summary>What each product's fit is multiplied by.</summary>
    public float[] LiftBy(Popularity popularity) => [.. popularity.Trend.Select(trend => (float)Math.Pow(trend, TrendExponent))];

    /// <summary>Adds up, for each product, what speaks for it in a history.</summary>
    /// <param name="weights">By rows the products that speak, by columns those that are spoken for.</param>
    /// <param name="history">Products by index, each once.</param>
    /// <param name="fit">Takes the sums; all zero at first.</param>
    public static void Fit(SparseWeights weights, ReadOnlySpan<int> history, Span<float> fit)
    {
        foreach (var product in history)
        {
            var columns = weights.Columns.AsSpan(weights[product]);
            var values = weights.Values.AsSpan(weights[product]);
            for (var i = 0; i < columns.Length; i++)
            {
                fit[columns[i]] += (float)values[i];
            }
        }
    }

    /// <summary>Multiplies fits by lifts.</summary>
    public static void Lift(ReadOnlySpan<float> fit, ReadOnlySpan<float> lift, Span<float> lifted)
    {
        for (var product = 0; product < fit.Length; product++)
        {
            lifted[product] = fit[product] * lift[product];
        }
    }

    /// <summary>Makes scores of fits, in place: the best fit is worth 1 before popularity's share is added.</summary>
    /// <param name="fit">Lifted already. All zero leaves popularity alone.</param>
    /// <param name="popular">Each product's popularity, from 0 to 1.</param>
    /// <param name="share">See <see cref="PopularityShare"/>.</param>
    public static void Mix(Span<float> fit, ReadOnlySpan<float> popular, float share)
    {
        var highest = 0f;
        foreach (var value in fit)
        {
            highest = Math.Max(highest, value);
        }

        if (highest <= 0)
        {
            popular.CopyTo(fit);
            return;
        }

        for (var product = 0; product < fit.Length; product++)
        {
            fit[product] = (fit[product] / highest) + (share * popular[product]);
        }
    }
}
