namespace Shop.Infrastructure.Recommendations;

/// <summary>
/// The weights of <see cref="Ease"/> where there are fewer users than products: by the Woodbury identity λP = I − Xᵀ(XXᵀ + λI)⁻¹X, so that the
/// square to be inverted has a row for each user. With K = (XXᵀ + λI)⁻¹ and s(i,j) = xᵢᵀ K xⱼ, the weight from i to j is s(i,j) / (1 − s(j,j)).
/// </summary>
internal sealed class EaseByUsers
{
    private readonly InteractionMatrix _usersOf;
    private readonly int[] _products;
    private readonly float[] _inverse;
    private readonly int _size;
    private readonly double _regularization;

    private EaseByUsers(InteractionMatrix usersOf, int[] products, float[] inverse, int size, double regularization) =>
        (_usersOf, _products, _inverse, _size, _regularization) = (usersOf, products, inverse, size, regularization);

    /// <summary>As <see cref="Ease.Train"/>.</summary>
    /// <param name="matrix">Users by products.</param>
    /// <param name="products">Which of its columns take part, ascending; the others get no weights.</param>
    /// <param name="regularization">λ, above zero.</param>
    /// <param name="neighbours">How many are kept of those that speak for a product.</param>
    /// <param name="room">Of which the square is taken.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>By rows the products that are spoken for, by columns those that speak for them.</returns>
    public static SparseWeights Train(
        InteractionMatrix matrix, int[] products, double regularization, int neighbours, SquareRoom room, CancellationToken cancellationToken)
    {
        var (usersOf, size) = (matrix.Transpose(), SymmetricInverse.PaddedSize(matrix.Rows));
        var square = room.Take(size);
        Gram(usersOf, matrix.Rows, products, square, size, (float)regularization);
        SymmetricInverse.Invert(square, size, cancellationToken);
        var weights = new EaseByUsers(usersOf, products, square, size, regularization);
        var rows = new IReadOnlyList<(int, float)>[matrix.Columns];
        Array.Fill(rows, []);
        Parallel.For(
            0,
            products.Length,
            TrainingThreads.Parallelism(cancellationToken),
            () => (Sums: new double[size], Weights: new float[products.Length]),
            (target, _, own) =>
            {
                rows[products[target]] = weights.Row(target, neighbours, own.Sums, own.Weights);
                return own;
            },
            _ => { });
        return SparseWeights.FromRows(rows, SparseWeights.WideRange);
    }

    /// <summary>The lower triangle of XXᵀ + λI.</summary>
    private static void Gram(InteractionMatrix usersOf, int users, int[] products, float[] square, int size, float regularization)
    {
        foreach (var product in products)
        {
            var those = usersOf[product];
            for (var i = 0; i < those.Length; i++)
            {
                foreach (var other in those[..(i + 1)])
                {
                    square[(those[i] * size) + other]++;
                }
            }
        }

        for (var user = 0; user < size; user++)
        {
            square[(user * size) + user] = user < users ? square[(user * size) + user] + regularization : 1;
        }
    }

    /// <remarks>1 − s(j,j) is the small difference of great sums for what many have bought; it can't be less than λ / (n + λ), n being the users of j.</remarks>
    private List<(int Product, float Weight)> Row(int target, int neighbours, double[] sums, float[] weights)
    {
        Array.Clear(sums);
        foreach (var user in _usersOf[_products[target]])
        {
            var row = _inverse.AsSpan(user * _size, _size);
            for (var other = 0; other < sums.Length; other++)
            {
                sums[other] += row[other];
            }
        }

        var rest = Math.Max(1 - SumOver(target), _regularization / (_usersOf[_products[target]].Length + _regularization));
        for (var product = 0; product < weights.Length; product++)
        {
            weights[product] = product == target ? 0 : (float)(SumOver(product) / rest);
        }

        return [.. Strongest.Of(weights, neighbours).Select(entry => (_products[entry.Place], entry.Score))];

        double SumOver(int product)
        {
            var sum = 0.0;
            foreach (var user in _usersOf[_products[product]])
            {
                sum += sums[user];
            }

            return sum;
        }
    }
}
