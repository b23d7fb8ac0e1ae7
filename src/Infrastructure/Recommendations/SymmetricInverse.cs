using System.Numerics;
using System.Runtime.InteropServices;

namespace Shop.Infrastructure.Recommendations;

/// <summary>
/// Inverts a symmetric positive definite matrix where it stands, by the sweep operator (Goodnight, "A Tutorial on the SWEEP Operator",
/// The American Statistician 33, 1979) taken in blocks: sweeping all pivots of A leaves −A⁻¹. The matrix stays symmetric on the way, so only
/// its lower triangle is kept up to date; the pivot blocks are inverted in double precision, the rest is done in single.
/// </summary>
internal static class SymmetricInverse
{
    private const int Block = 64;
    private const int StripRows = 4;

    private static readonly int TileColumns = 2 * Vector<float>.Count;

    /// <summary>The side of the square that a matrix is stored in, so that no block of it has an edge.</summary>
    /// <param name="size">Rows of the matrix.</param>
    public static int PaddedSize(int size) => (size + Block - 1) / Block * Block;

    /// <summary>Inverts.</summary>
    /// <param name="matrix">
    /// By rows, a square whose side is a <see cref="PaddedSize"/>; only the lower triangle is read, the rest of the padding's diagonal must be 1.
    /// Becomes the inverse, both triangles.
    /// </param>
    /// <param name="size">The side of the square.</param>
    /// <param name="cancellationToken">Gives up; the matrix is then of no use.</param>
    /// <exception cref="ArithmeticException">The matrix is not positive definite.</exception>
    public static void Invert(float[] matrix, int size, CancellationToken cancellationToken)
    {
        var panel = new float[size * Block];
        var tiles = new float[size * Block];
        var pivot = new double[Block * Block];
        var options = TrainingThreads.Parallelism(cancellationToken);
        for (var first = 0; first < size; first += Block)
        {
            var from = first;
            ReadPanel(matrix, size, from, panel);
            InvertPivot(panel, size, from, pivot);
            Parallel.For(0, size / TileColumns, options, tile => MultiplyTile(pivot, panel, size, tile, tiles));
            Parallel.For(0, size / Block, options, block => UpdateRows(matrix, size, from, block * Block, panel, tiles));
            WritePanel(matrix, size, from, pivot, tiles);
        }

        Parallel.For(0, size, options, row => Negate(matrix, size, row));
        Parallel.For(0, size, options, row => Mirror(matrix, size, row));
    }

    /// <summary>Row b of the panel becomes row <paramref name="from"/> + b of the whole symmetric matrix.</summary>
    private static void ReadPanel(float[] matrix, int size, int from, float[] panel)
    {
        for (var b = 0; b < Block; b++)
        {
            var row = from + b;
            matrix.AsSpan(row * size, row + 1).CopyTo(panel.AsSpan(b * size));
        }

        for (var row = from + 1; row < size; row++)
        {
            for (var b = 0; b < Math.Min(Block, row - from); b++)
            {
                panel[(b * size) + row] = matrix[(row * size) + from + b];
            }
        }
    }

    private static void InvertPivot(float[] panel, int size, int from, double[] pivot)
    {
        for (var row = 0; row < Block; row++)
        {
            for (var column = 0; column < Block; column++)
            {
                pivot[(row * Block) + column] = panel[(row * size) + from + column];
            }
        }

        for (var k = 0; k < Block; k++)
        {
            var diagonal = pivot[(k * Block) + k];
            if (!(diagonal > 0))
            {
                throw new ArithmeticException("The matrix is not positive definite.");
            }

            pivot[(k * Block) + k] = 1;
            for (var column = 0; column < Block; column++)
            {
                pivot[(k * Block) + column] /= diagonal;
            }

            for (var row = 0; row < Block; row++)
            {
                if (row == k)
                {
                    continue;
                }

                var factor = pivot[(row * Block) + k];
                pivot[(row * Block) + k] = 0;
                for (var column = 0; column < Block; column++)
                {
                    pivot[(row * Block) + column] -= factor * pivot[(k * Block) + column];
                }
            }
        }
    }

    /// <summary>One tile of inverted pivot times panel; a tile lies in one piece, by rows.</summary>
    private static void MultiplyTile(double[] pivot, float[] panel, int size, int tile, float[] tiles)
    {
        var target = tiles.AsSpan(tile * Block * TileColumns, Block * TileColumns);
        target.Clear();
        for (var row = 0; row < Block; row++)
        {
            var sums = target.Slice(row * TileColumns, TileColumns);
            for (var b = 0; b < Block; b++)
            {
                var factor = (float)pivot[(row * Block) + b];
                var source = panel.AsSpan((b * size) + (tile * TileColumns), TileColumns);
                for (var column = 0; column < sums.Length; column++)
                {
                    sums[column] += factor * source[column];
                }
            }
        }
    }

    /// <summary>Takes panelᵀ · tiles off a block of rows, as far as its lower triangle goes.</summary>
    private static void UpdateRows(float[] matrix, int size, int from, int firstRow, float[] panel, float[] tiles)
    {
        if (firstRow == from)
        {
            return;
        }

        Span<float> strip = stackalloc float[StripRows * Block];
        for (var row = firstRow; row < firstRow + Block; row += StripRows)
        {
            for (var b = 0; b < Block; b++)
            {
                panel.AsSpan((b * size) + row, StripRows).CopyTo(strip[(b * StripRows)..]);
            }

            for (var column = 0; column < row + StripRows; column += TileColumns)
            {
                UpdateTile(matrix.AsSpan((row * size) + column), size, strip, tiles.AsSpan(column * Block, Block * TileColumns));
            }
        }
    }

    private static void UpdateTile(Span<float> target, int size, ReadOnlySpan<float> strip, ReadOnlySpan<float> tile)
    {
        var width = Vector<float>.Count;
        Vector<float> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
        ref var factor = ref MemoryMarshal.GetReference(strip);
        ref var source = ref MemoryMarshal.GetReference(tile);
        for (nuint i = 0, at = 0; i < StripRows * Block; i += StripRows, at += (nuint)TileColumns)
        {
            var left = Vector.LoadUnsafe(ref source, at);
            var right = Vector.LoadUnsafe(ref source, at + (nuint)width);
            var (a, b, c, d) = (Factor(ref factor, i), Factor(ref factor, i + 1), Factor(ref factor, i + 2), Factor(ref factor, i + 3));
            a0 = Vector.FusedMultiplyAdd(a, left, a0);
            a1 = Vector.FusedMultiplyAdd(a, right, a1);
            b0 = Vector.FusedMultiplyAdd(b, left, b0);
            b1 = Vector.FusedMultiplyAdd(b, right, b1);
            c0 = Vector.FusedMultiplyAdd(c, left, c0);
            c1 = Vector.FusedMultiplyAdd(c, right, c1);
            d0 = Vector.FusedMultiplyAdd(d, left, d0);
            d1 = Vector.FusedMultiplyAdd(d, right, d1);
        }

        Subtract(target, a0, a1);
        Subtract(target[size..], b0, b1);
        Subtract(target[(2 * size)..], c0, c1);
        Subtract(target[(3 * size)..], d0, d1);
    }

    private static Vector<float> Factor(ref float factors, nuint place) => new(System.Runtime.CompilerServices.Unsafe.Add(ref factors, place));

    private static void Subtract(Span<float> target, Vector<float> left, Vector<float> right)
    {
        (new Vector<float>(target) - left).CopyTo(target);
        target = target[Vector<float>.Count..];
        (new Vector<float>(target) - right).CopyTo(target);
    }

    private static void WritePanel(float[] matrix, int size, int from, double[] pivot, float[] tiles)
    {
        for (var b = 0; b < Block; b++)
        {
            for (var column = 0; column < from; column++)
            {
                matrix[((from + b) * size) + column] = Tile(tiles, b, column);
            }

            for (var column = 0; column < Block; column++)
            {
                matrix[((from + b) * size) + from + column] = -(float)pivot[(b * Block) + column];
            }
        }

        for (var row = from + Block; row < size; row++)
        {
            for (var b = 0; b < Block; b++)
            {
                matrix[(row * size) + from + b] = Tile(tiles, b, row);
            }
        }
    }

    private static float Tile(float[] tiles, int row, int column) =>
        tiles[(column / TileColumns * Block * TileColumns) + (row * TileColumns) + (column % TileColumns)];

    private static void Negate(float[] matrix, int size, int row)
    {
        foreach (ref var value in matrix.AsSpan(row * size, row + 1))
        {
            value = -value;
        }
    }

    private static void Mirror(float[] matrix, int size, int row)
    {
        for (var column = row + 1; column < size; column++)
        {
            matrix[(row * size) + column] = matrix[(column * size) + row];
        }
    }
}
