namespace Shop.Infrastructure.Recommendations;

/// <summary>Trains what speaks for what, by the method that suits the number of products; one training after the other, in the same room.</summary>
/// <param name="isDense">By <see cref="Ease"/>, else by <see cref="Rp3Beta"/>.</param>
/// <param name="settings">What bounds the size.</param>
internal sealed class ItemWeights(bool isDense, RecommenderSettings settings)
{
    private readonly SquareRoom _room = new();

    /// <summary>Chooses the method for a matrix.</summary>
    /// <param name="popularity">Of the matrix.</param>
    /// <param name="settings">What bounds the size.</param>
    public static ItemWeights For(Popularity popularity, RecommenderSettings settings) =>
        new(Active(popularity).Length <= settings.MaxDenseProducts, settings);

    /// <summary>Whether the closed form is taken.</summary>
    public bool IsDense => isDense;

    /// <summary>Trains.</summary>
    /// <param name="matrix">Users by products.</param>
    /// <param name="popularity">Of the matrix.</param>
    /// <param name="regularization">See <see cref="Blend.Regularization"/>; the sparse method knows none.</param>
    /// <param name="maxProducts">How many products, the most popular first, take part in the closed form.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>By rows the products that speak, by columns those that are spoken for.</returns>
    public SparseWeights Train(
        InteractionMatrix matrix, Popularity popularity, double regularization, int maxProducts, CancellationToken cancellationToken)
    {
        var active = Active(popularity);
        if (active.Length == 0)
        {
            return SparseWeights.Empty(matrix.Columns);
        }

        var neighbours = Math.Clamp(settings.MaxPairs / active.Length, 1, settings.MaxNeighbours);
        var spokenFor = isDense
            ? Ease.Train(matrix, MostPopular(active, popularity, maxProducts), regularization * matrix.Count / active.Length, neighbours, _room, cancellationToken)
            : Rp3Beta.Train(matrix, Rp3Beta.DefaultBeta, neighbours, cancellationToken);
        return spokenFor.Transpose();
    }

    private static int[] Active(Popularity popularity) => [.. Enumerable.Range(0, popularity.AllTime.Length).Where(product => popularity.AllTime[product] > 0)];

    private static int[] MostPopular(int[] products, Popularity popularity, int count) =>
        products.Length <= count ? products : [.. products.OrderByDescending(product => popularity.AllTime[product]).ThenBy(product => product).Take(count).Order()];
}
