namespace Shop.Infrastructure.Recommendations;

/// <summary>
/// RP3β: a random walk from a product to one of its users and on to one of their products, where a popular end counts for less. Bibek Paudel
/// et al., "Updatable, Accurate, Diverse, and Scalable Recommendations for Interactive Applications", ACM TiiS 7 (1), 2016. The weight from
/// product i to product j is Σ over their common users u of 1 / (d(i) · d(u) · d(j)^β), d counting partners. Takes memory for the weights
/// that are kept alone.
/// </summary>
internal static class Rp3Beta
{
    /// <summary>How much less a popular product counts: 0 not at all, 1 in proportion.</summary>
    public const double DefaultBeta = 0.6;

    /// <summary>Trains and keeps, for each product, the products that speak for it most strongly.</summary>
    /// <param name="matrix">Users by products.</param>
    /// <param name="beta">See <see cref="DefaultBeta"/>.</param>
    /// <param name="neighbours">How many are kept of those that speak for a product.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>By rows the products that are spoken for, by columns those that speak for them.</returns>
    public static SparseWeights Train(InteractionMatrix matrix, double beta, int neighbours, CancellationToken cancellationToken)
    {
        var usersOf = matrix.Transpose();
        var rows = new IReadOnlyList<(int, float)>[matrix.Columns];
        Parallel.For(0, matrix.Columns, TrainingThreads.Parallelism(cancellationToken), () => new float[matrix.Columns], (target, _, sums) =>
        {
            rows[target] = Row(matrix, usersOf, target, beta, neighbours, sums);
            return sums;
        }, _ => { });
        return SparseWeights.FromRows(rows, SparseWeights.WideRange);
    }

    private static List<(int Place, float Score)> Row(
        InteractionMatrix matrix, InteractionMatrix usersOf, int target, double beta, int neighbours, float[] sums)
    {
        var touched = new List<int>();
        foreach (var user in usersOf[target])
        {
            var share = 1f / matrix[user].Length;
            foreach (var product in matrix[user])
            {
                if (product == target)
                {
                    continue;
                }

                if (sums[product] == 0)
                {
                    touched.Add(product);
                }

                sums[product] += share;
            }
        }

        touched.Sort();
        var weights = new float[touched.Count];
        var penalty = Math.Pow(usersOf[target].Length, beta);
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = (float)(sums[touched[i]] / (usersOf[touched[i]].Length * penalty));
            sums[touched[i]] = 0;
        }

        return [.. Strongest.Of(weights, neighbours).Select(entry => (touched[entry.Place], entry.Score))];
    }
}
