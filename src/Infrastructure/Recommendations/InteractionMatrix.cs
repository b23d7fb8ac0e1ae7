namespace Shop.Infrastructure.Recommendations;

/// <summary>
/// Who was interested in what, each pair once, with the time of its latest interaction: a sparse matrix by rows. Users and products are
/// named by their index.
/// </summary>
/// <param name="columns">How many columns there are.</param>
/// <param name="starts">Where each row begins; one more than there are rows.</param>
/// <param name="entries">The columns of each row, ascending.</param>
/// <param name="minutes">Beside each of them its time, in minutes since 1970.</param>
internal sealed class InteractionMatrix(int columns, int[] starts, int[] entries, int[] minutes)
{
    /// <summary>How many rows there are.</summary>
    public int Rows => starts.Length - 1;

    /// <summary>How many columns there are.</summary>
    public int Columns => columns;

    /// <summary>How many pairs there are.</summary>
    public int Count => entries.Length;

    /// <summary>The latest of all interactions, in minutes since 1970; 0 when there are none.</summary>
    public int LatestMinute { get; } = minutes.Length == 0 ? 0 : minutes.Max();

    /// <summary>The columns of a row, ascending.</summary>
    /// <param name="row">Which, from 0.</param>
    public ReadOnlySpan<int> this[int row] => entries.AsSpan(starts[row], starts[row + 1] - starts[row]);

    /// <summary>The times beside <see cref="this"/>, in minutes since 1970.</summary>
    /// <param name="row">Which, from 0.</param>
    public ReadOnlySpan<int> MinutesOf(int row) => minutes.AsSpan(starts[row], starts[row + 1] - starts[row]);

    /// <summary>The same with rows and columns exchanged.</summary>
    public InteractionMatrix Transpose()
    {
        var first = new int[columns + 1];
        foreach (var column in entries)
        {
            first[column + 1]++;
        }

        for (var column = 0; column < columns; column++)
        {
            first[column + 1] += first[column];
        }

        var next = first.AsSpan(0, columns).ToArray();
        var (rows, times) = (new int[entries.Length], new int[entries.Length]);
        for (var row = 0; row < Rows; row++)
        {
            for (var i = starts[row]; i < starts[row + 1]; i++)
            {
                var place = next[entries[i]]++;
                (rows[place], times[place]) = (row, minutes[i]);
            }
        }

        return new InteractionMatrix(Rows, first, rows, times);
    }
}
