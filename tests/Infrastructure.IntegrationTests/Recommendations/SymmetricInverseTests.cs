using Shop.Infrastructure.Recommendations;

namespace Shop.Infrastructure.IntegrationTests.Recommendations;

[Parallelizable(ParallelScope.All)]
public sealed class SymmetricInverseTests
{
    [TestCase(1)]
    [TestCase(64)]
    [TestCase(65)]
    [TestCase(200)]
    public void A_matrix_times_its_inverse_is_the_identity(int rows)
    {
        var matrix = PositiveDefinite(rows);
        var size = SymmetricInverse.PaddedSize(rows);
        var inverse = Padded(matrix, rows);

        SymmetricInverse.Invert(inverse, size, default);

        var furthest = 0.0;
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < rows; column++)
            {
                var product = Enumerable.Range(0, rows).Sum(k => matrix[row, k] * inverse[(k * size) + column]);
                furthest = Math.Max(furthest, Math.Abs(product - (row == column ? 1 : 0)));
            }
        }

        furthest.ShouldBeLessThan(1e-4);
    }

    [Test]
    public void A_matrix_that_has_none_is_refused()
    {
        var matrix = Padded(new double[,] { { 1, 2 }, { 2, 1 } }, 2);

        Should.Throw<ArithmeticException>(() => SymmetricInverse.Invert(matrix, SymmetricInverse.PaddedSize(2), default));
    }

    [Test]
    public void Inverting_can_be_given_up()
    {
        var matrix = Padded(PositiveDefinite(100), 100);

        Should.Throw<OperationCanceledException>(() => SymmetricInverse.Invert(matrix, SymmetricInverse.PaddedSize(100), new CancellationToken(canceled: true)));
    }

    private static double[,] PositiveDefinite(int rows)
    {
        var random = new Random(rows);
        var factor = new double[rows, rows];
        var matrix = new double[rows, rows];
        for (var i = 0; i < rows * rows; i++)
        {
            factor[i / rows, i % rows] = random.NextDouble() - 0.5;
        }

        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < rows; column++)
            {
                matrix[row, column] = Enumerable.Range(0, rows).Sum(k => factor[k, row] * factor[k, column]) + (row == column ? 5 : 0);
            }
        }

        return matrix;
    }

    /// <summary>The lower triangle, and what must not be read above it.</summary>
    private static float[] Padded(double[,] matrix, int rows)
    {
        var size = SymmetricInverse.PaddedSize(rows);
        var padded = new float[size * size];
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                padded[(row * size) + column] = column > row ? 7 : row < rows ? (float)matrix[row, column] : row == column ? 1 : 0;
            }
        }

        return padded;
    }
}
