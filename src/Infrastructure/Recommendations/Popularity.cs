namespace Shop.Infrastructure.Recommendations;

/// <summary>How popular each product is.</summary>
/// <param name="AllTime">Users who were ever interested.</param>
/// <param name="Lately">The same, each user counting half as much with every <see cref="HalfLife"/> since, up to the latest interaction of all.</param>
/// <param name="Trend">
/// How much more of a product's interest is recent than of the others', about 1 where it is neither coming nor going: what no longer sells is probably
/// gone or out of season.
/// </param>
internal sealed record Popularity(float[] AllTime, double[] Lately, float[] Trend)
{
    /// <summary>Recent users that every product is given, so that one sale more or less makes no trend.</summary>
    private const double Smoothing = 0.5;

    /// <summary>How fast interest fades. Counted back from the latest interaction rather than from now, for the sake of shops that pause.</summary>
    public static readonly TimeSpan HalfLife = TimeSpan.FromDays(10);

    /// <summary>Counts.</summary>
    /// <param name="matrix">Users by products.</param>
    public static Popularity Of(InteractionMatrix matrix)
    {
        var allTime = new float[matrix.Columns];
        var lately = new double[matrix.Columns];
        for (var user = 0; user < matrix.Rows; user++)
        {
            var products = matrix[user];
            var minutes = matrix.MinutesOf(user);
            for (var i = 0; i < products.Length; i++)
            {
                allTime[products[i]]++;
                lately[products[i]] += Math.Pow(0.5, ((double)matrix.LatestMinute - minutes[i]) / HalfLife.TotalMinutes);
            }
        }

        var share = matrix.Count == 0 ? 1 : lately.Sum() / matrix.Count;
        var trend = new float[matrix.Columns];
        for (var product = 0; product < trend.Length; product++)
        {
            trend[product] = (float)((lately[product] + Smoothing) / ((allTime[product] * share) + Smoothing));
        }

        return new Popularity(allTime, lately, trend);
    }

    /// <summary>Each product's part of the highest, from 0 to 1; a trace of the other measure decides between equals.</summary>
    /// <param name="recent">By <see cref="Lately"/> rather than <see cref="AllTime"/>.</param>
    public float[] Relative(bool recent)
    {
        const double trace = 1e-6;
        var (highestLately, highestAllTime) = (Lately.Append(double.Epsilon).Max(), AllTime.Append(1).Max());
        return [.. Lately.Zip(AllTime, (lately, allTime) => recent
            ? (float)((lately / highestLately) + (trace * allTime / highestAllTime))
            : (float)((allTime / highestAllTime) + (trace * lately / highestLately)))];
    }
}
