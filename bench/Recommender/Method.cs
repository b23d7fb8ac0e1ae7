using Shop.Infrastructure.Recommendations;

namespace Shop.Recommender;

/// <summary>What is compared: how it is trained, and what it then answers.</summary>
/// <param name="Name">As the table shows it.</param>
/// <param name="Train">From what is known to a function from somebody's history to the products for them, best first.</param>
internal sealed record Method(string Name, Func<Known, Func<long[], IEnumerable<long>>> Train)
{
    private const double Regularization = 500;

    /// <summary>The textbook's, untuned but for what their names say, and the shop's own.</summary>
    public static readonly IReadOnlyDictionary<string, Method> All = new Dictionary<string, Method>
    {
        ["popularity"] = new("popularity", known => Scored(known, Popular(known.Matrix))),
        ["knn"] = new("item-kNN cosine", known => Scored(known, Cosine(known.Matrix))),
        ["rp3beta"] = new("RP3beta 0.6", known => Scored(known, RandomWalk(known.Matrix))),
        ["ease"] = new("EASE^R 500", known => Scored(known, ClosedForm(known.Matrix))),
        ["shop"] = new("Shop", known =>
        {
            var model = RecommenderTrainer.Train(known.Log, known.Catalog, new RecommenderSettings(), default);
            return history => model.Rank(history);
        }),
    };

    private delegate void Scorer(ReadOnlySpan<int> history, float[] scores);

    private static Func<long[], IEnumerable<long>> Scored(Known known, Scorer scorer) => history =>
    {
        int[] bought = [.. history.Select(product => Array.BinarySearch(known.Products, product)).Order()];
        var scores = new float[known.Products.Length];
        scorer(bought, scores);
        foreach (var product in bought)
        {
            scores[product] = float.NegativeInfinity;
        }

        return Enumerable.Range(0, scores.Length).OrderByDescending(product => scores[product]).Select(product => known.Products[product]);
    };

    private static Scorer Popular(InteractionMatrix matrix)
    {
        var users = Popularity.Of(matrix).AllTime;
        return (_, scores) => users.CopyTo(scores, 0);
    }

    private static Scorer Cosine(InteractionMatrix matrix)
    {
        var usersOf = matrix.Transpose();
        var rows = new IReadOnlyList<(int, float)>[matrix.Columns];
        for (var target = 0; target < rows.Length; target++)
        {
            var together = new float[matrix.Columns];
            foreach (var user in usersOf[target])
            {
                foreach (var product in matrix[user])
                {
                    together[product]++;
                }
            }

            together[target] = 0;
            rows[target] = [.. Enumerable.Range(0, together.Length).Where(product => together[product] > 0)
                .Select(product => (product, together[product] / MathF.Sqrt((float)usersOf[target].Length * usersOf[product].Length)))];
        }

        return Weighted(SparseWeights.FromRows(rows, SparseWeights.WideRange));
    }

    private static Scorer RandomWalk(InteractionMatrix matrix) => Weighted(Rp3Beta.Train(matrix, Rp3Beta.DefaultBeta, matrix.Columns, default).Transpose());

    private static Scorer ClosedForm(InteractionMatrix matrix)
    {
        int[] products = [.. Enumerable.Range(0, matrix.Columns)];
        var inverse = Ease.Inverse(matrix, products, Regularization, new SquareRoom(), default);
        var size = SymmetricInverse.PaddedSize(products.Length);
        return (history, scores) =>
        {
            foreach (var product in history)
            {
                for (var target = 0; target < scores.Length; target++)
                {
                    scores[target] -= inverse[(product * size) + target] / inverse[(target * size) + target];
                }
            }
        };
    }

    private static Scorer Weighted(SparseWeights weights) => (history, scores) => Blend.Fit(weights, history, scores);
}
