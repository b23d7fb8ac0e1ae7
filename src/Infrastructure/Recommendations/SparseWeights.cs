namespace Shop.Infrastructure.Recommendations;

/// <summary>
/// A sparse square of positive weights from product to product, by rows. Weights are as exact as they are stored, <see cref="Half"/>, so that
/// a model answers the same before and after it was stored.
/// </summary>
/// <param name="Starts">Where each row begins; one more than there are rows.</param>
/// <param name="Columns">The columns of each row, ascending.</param>
/// <param name="Values">Beside each of them its weight, above zero.</param>
internal sealed record SparseWeights(int[] Starts, int[] Columns, Half[] Values)
{
    /// <summary>A highest weight that leaves room for sums as well as for weights a billion times smaller.</summary>
    public const float WideRange = 1024;

    /// <summary>How many rows and columns there are.</summary>
    public int Size => Starts.Length - 1;

    /// <summary>Where a row's entries lie.</summary>
    /// <param name="row">Which, from 0.</param>
    public Range this[int row] => Starts[row]..Starts[row + 1];

    /// <summary>No weights at all.</summary>
    /// <param name="size">How many rows and columns.</param>
    public static SparseWeights Empty(int size) => new(new int[size + 1], [], []);

    /// <summary>Puts rows together.</summary>
    /// <param name="rows">Each with its columns and weights, in any order; those that are too small to be stored are left out.</param>
    /// <param name="highest">
    /// What the highest weight becomes, the others in proportion; null leaves them as they are. Numbers between 1 and <see cref="Half.MaxValue"/> use the range of what stores them.
    /// </param>
    public static SparseWeights FromRows(IReadOnlyList<(int Column, float Weight)>[] rows, float? highest)
    {
        var starts = new int[rows.Length + 1];
        var (columns, values) = (new List<int>(), new List<Half>());
        var scale = highest is null ? 1 : highest.Value / rows.SelectMany(row => row).Select(entry => entry.Weight).DefaultIfEmpty(1).Max();
        for (var row = 0; row < rows.Length; row++)
        {
            foreach (var (column, weight) in rows[row].OrderBy(entry => entry.Column))
            {
                var value = (Half)(weight * scale);
                if (value > Half.Zero)
                {
                    columns.Add(column);
                    values.Add(value);
                }
            }

            starts[row + 1] = columns.Count;
        }

        return new SparseWeights(starts, [.. columns], [.. values]);
    }

    /// <summary>The same with rows and columns exchanged.</summary>
    public SparseWeights Transpose()
    {
        var starts = new int[Size + 1];
        foreach (var column in Columns)
        {
            starts[column + 1]++;
        }

        for (var row = 0; row < Size; row++)
        {
            starts[row + 1] += starts[row];
        }

        var next = starts.AsSpan(0, Size).ToArray();
        var (columns, values) = (new int[Columns.Length], new Half[Values.Length]);
        for (var row = 0; row < Size; row++)
        {
            for (var i = Starts[row]; i < Starts[row + 1]; i++)
            {
                var place = next[Columns[i]]++;
                (columns[place], values[place]) = (row, Values[i]);
            }
        }

        return new SparseWeights(starts, columns, values);
    }
}
