using Shop.Infrastructure.Recommendations;

namespace Shop.Infrastructure.IntegrationTests.Recommendations;

[Parallelizable(ParallelScope.All)]
public sealed class EaseTests
{
    private const int Users = 30;
    private const int Products = 80;
    private const double Regularization = 3;

    [Test]
    public void Few_users_of_many_products_weigh_them_as_the_closed_form_by_products_does()
    {
        var matrix = Interactions();
        int[] some = [.. Enumerable.Range(0, Products).Where(product => product % 7 != 0)];

        var weights = Ease.Train(matrix, some, Regularization, Products, new SquareRoom(), default);

        Dense(weights).ShouldBe(Dense(ByProducts(matrix, some)), tolerance: 0.01);
    }

    /// <summary>What all have bought says 1 − s of nearly nothing; single precision made the model infinite there, and so empty.</summary>
    [Test]
    public void A_product_that_everybody_has_spoils_no_weights()
    {
        const int Many = 2_000;
        int[] starts = [.. Enumerable.Range(0, Many + 1).Select(user => 2 * user)];
        int[] entries = [.. Enumerable.Range(0, Many).SelectMany(user => (int[])[0, 1 + user % 3_000])];
        var matrix = new InteractionMatrix(3_001, starts, entries, new int[entries.Length]);

        var weights = Ease.Train(matrix, [.. Enumerable.Range(0, 3_001)], 0.01, neighbours: 5, new SquareRoom(), default);

        weights.Values.ShouldAllBe(value => Half.IsFinite(value));
        weights.Values.Length.ShouldBeGreaterThan(Many);
    }

    [Test]
    public void Only_as_many_speak_for_a_product_as_are_wanted()
    {
        var weights = Ease.Train(Interactions(), [.. Enumerable.Range(0, Products)], Regularization, neighbours: 3, new SquareRoom(), default);

        Enumerable.Range(0, Products).Select(product => weights.Values[weights[product]].Length).Max().ShouldBe(3);
    }

    [Test]
    public void What_one_training_leaves_in_the_room_does_not_reach_the_next()
    {
        var (matrix, room) = (Interactions(), new SquareRoom());
        int[] moreThanUsers = [.. Enumerable.Range(0, Products)];
        int[] fewer = [.. Enumerable.Range(0, Users - 10)];

        foreach (var products in (int[][])[moreThanUsers, fewer, fewer, moreThanUsers, moreThanUsers])
        {
            var weights = Ease.Train(matrix, products, Regularization, Products, room, default);

            Dense(weights).ShouldBe(Dense(Ease.Train(matrix, products, Regularization, Products, new SquareRoom(), default)));
        }
    }

    private static InteractionMatrix Interactions()
    {
        var random = new Random(1);
        var rows = Enumerable.Range(0, Users)
            .Select(_ => Enumerable.Range(0, Products).Where(product => random.NextDouble() < 2.0 / (product + 2) + 0.05).ToArray())
            .ToArray();
        int[] starts = [0, .. rows.Select((_, user) => rows.Take(user + 1).Sum(row => row.Length))];
        int[] entries = [.. rows.SelectMany(row => row)];
        return new InteractionMatrix(Products, starts, entries, new int[entries.Length]);
    }

    private static SparseWeights ByProducts(InteractionMatrix matrix, int[] products)
    {
        var (inverse, size) = (Ease.Inverse(matrix, products, Regularization, new SquareRoom(), default), SymmetricInverse.PaddedSize(products.Length));
        var rows = new IReadOnlyList<(int, float)>[Products];
        Array.Fill(rows, []);
        for (var target = 0; target < products.Length; target++)
        {
            rows[products[target]] =
            [
                .. Enumerable.Range(0, products.Length)
                    .Where(product => product != target)
                    .Select(product => (products[product], -inverse[(target * size) + product] / inverse[(target * size) + target]))
                    .Where(weight => weight.Item2 > 0),
            ];
        }

        return SparseWeights.FromRows(rows, SparseWeights.WideRange);
    }

    /// <summary>All weights in one row, each at its place.</summary>
    private static double[] Dense(SparseWeights weights)
    {
        var all = new double[Products * Products];
        for (var row = 0; row < Products; row++)
        {
            for (var i = weights.Starts[row]; i < weights.Starts[row + 1]; i++)
            {
                all[(row * Products) + weights.Columns[i]] = (double)weights.Values[i] / SparseWeights.WideRange;
            }
        }

        return all;
    }
}
