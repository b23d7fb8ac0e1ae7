namespace Shop.Infrastructure.Recommendations;

/// <summary>Recall at <see cref="Cutoff"/>: how much of what was put aside stands among the first recommendations.</summary>
internal static class Recall
{
    /// <summary>How many recommendations are looked at.</summary>
    public const int Cutoff = 20;

    /// <summary>For one user: products found, divided by those put aside or by <see cref="Cutoff"/>, whichever is less.</summary>
    /// <param name="scores">One a product; those known are no recommendations and become lowest.</param>
    /// <param name="known">Products by index.</param>
    /// <param name="hidden">Products by index, at least one.</param>
    public static double Of(Span<float> scores, ReadOnlySpan<int> known, ReadOnlySpan<int> hidden)
    {
        foreach (var product in known)
        {
            scores[product] = float.NegativeInfinity;
        }

        var found = 0;
        foreach (var (place, _) in Strongest.Of(scores, Cutoff))
        {
            found += hidden.Contains(place) ? 1 : 0;
        }

        return (double)found / Math.Min(Cutoff, hidden.Length);
    }
}
