namespace Shop.Infrastructure.Recommendations;

/// <summary>
/// EASE^R: the linear auto-encoder without a hidden layer, in closed form. Harald Steck, "Embarrassingly Shallow Autoencoders for Sparse
/// Data", WWW 2019, arXiv:1905.03375: with P = (XᵀX + λI)⁻¹ the weight from product i to product j is −P(i,j) / P(j,j), and zero from a
/// product to itself. Takes 4 bytes for each pair of products and time that grows with their number's cube; or those of users where they are fewer.
/// </summary>
internal static class Ease
{
    /// <summary>Trains on the binary matrix and keeps, for each product, the products that speak for it most strongly.</summary>
    /// <param name="matrix">Users by products.</param>
    /// <param name="products">Which of its columns take part, ascending; the others get no weights.</param>
    /// <param name="regularization">λ, above zero.</param>
    /// <param name="neighbours">How many are kept of those that speak for a product; negative weights are dropped, which measured better.</param>
    /// <param name="room">Of which the square is taken.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>By rows the products that are spoken for, by columns those that speak for them.</returns>
    public static SparseWeights Train(
        InteractionMatrix matrix, int[] products, double regularization, int neighbours, SquareRoom room, CancellationToken cancellationToken)
    {
        if (matrix.Rows < products.Length)
        {
            return EaseByUsers.Train(matrix, products, regularization, neighbours, room, cancellationToken);
        }

        var inverse = Inverse(matrix, products, regularization, room, cancellationToken);
        return Weights(matrix.Columns, products, inverse, SymmetricInverse.PaddedSize(products.Length), neighbours);
    }

    /// <summary>P = (XᵀX + λI)⁻¹, in a square of <see cref="SymmetricInverse.PaddedSize"/>; good until the room is taken again.</summary>
    /// <param name="matrix">Users by products.</param>
    /// <param name="products">Which of its columns take part, ascending.</param>
    /// <param name="regularization">λ, above zero.</param>
    /// <param name="room">Of which the square is taken.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static float[] Inverse(InteractionMatrix matrix, int[] products, double regularization, SquareRoom room, CancellationToken cancellationToken)
    {
        var size = SymmetricInverse.PaddedSize(products.Length);
        var square = room.Take(size);
        Gram(matrix, products, square, size, (float)regularization, cancellationToken);
        SymmetricInverse.Invert(square, size, cancellationToken);
        return square;
    }

    /// <summary>The lower triangle of XᵀX + λI.</summary>
    private static void Gram(
        InteractionMatrix matrix, int[] products, float[] square, int size, float regularization, CancellationToken cancellationToken)
    {
        var place = new int[matrix.Columns];
        Array.Fill(place, -1);
        for (var i = 0; i < products.Length; i++)
        {
            place[products[i]] = i;
        }

        var usersOf = matrix.Transpose();
        Parallel.For(0, size, TrainingThreads.Parallelism(cancellationToken), row =>
        {
            var sums = square.AsSpan(row * size, row + 1);
            if (row >= products.Length)
            {
                sums[row] = 1;
                return;
            }

            foreach (var user in usersOf[products[row]])
            {
                foreach (var product in matrix[user])
                {
                    if (product > products[row])
                    {
                        break;
                    }

                    if (place[product] is >= 0 and var column)
                    {
                        sums[column]++;
                    }
                }
            }

            sums[row] += regularization;
        });
    }

    private static SparseWeights Weights(int columns, int[] products, float[] inverse, int size, int neighbours)
    {
        var rows = new IReadOnlyList<(int, float)>[columns];
        Array.Fill(rows, []);
        Parallel.For(0, products.Length, TrainingThreads.Parallelism(default), target =>
        {
            var weights = inverse.AsSpan(target * size, products.Length);
            var diagonal = weights[target];
            weights[target] = 0;
            foreach (ref var weight in weights)
            {
                weight /= -diagonal;
            }

            rows[products[target]] = [.. Strongest.Of(weights, neighbours).Select(entry => (products[entry.Place], entry.Score))];
        });
        return SparseWeights.FromRows(rows, SparseWeights.WideRange);
    }
}
