using Shop.Infrastructure.Recommendations;

namespace Shop.Infrastructure.IntegrationTests.Recommendations;

[Parallelizable(ParallelScope.All)]
public sealed class RecommenderQualityTests
{
    [Test]
    public void Where_tastes_differ_most_of_what_could_be_known_is_told([Values(42, 43, 44)] int seed)
    {
        var market = Market.WithTastes(seed);
        var model = Train(market);

        var byPopularity = market.ByPopularity();
        var popularity = market.Recall((_, _) => byPopularity);
        var cosine = market.Recall(market.ByCosine());
        var oracle = market.Recall(market.Oracle);
        var recall = market.Recall((_, history) => model.Rank(history));

        TestContext.Out.WriteLine($"popularity {popularity:F4}, item-kNN {cosine:F4}, recommender {recall:F4}, oracle {oracle:F4}");
        recall.ShouldBeGreaterThan(cosine);
        ((recall - popularity) / (oracle - popularity)).ShouldBeGreaterThan(0.6);
    }

    [Test]
    public void Where_only_popularity_counts_nothing_is_lost_by_tastes([Values(42, 43, 44)] int seed)
    {
        var market = Market.WithoutTastes(seed);
        var model = Train(market);

        var byPopularity = market.ByPopularity();
        var popularity = market.Recall((_, _) => byPopularity);
        var recall = market.Recall((_, history) => model.Rank(history));

        TestContext.Out.WriteLine($"popularity {popularity:F4}, recommender {recall:F4}");
        recall.ShouldBeGreaterThanOrEqualTo(popularity - 1e-3);
    }

    [Test]
    public void The_sparse_method_tells_tastes_too()
    {
        var market = Market.WithTastes(45);
        var model = Train(market, new RecommenderSettings { MaxDenseProducts = 399 });

        var byPopularity = market.ByPopularity();

        market.Recall((_, history) => model.Rank(history)).ShouldBeGreaterThan(1.2 * market.Recall((_, _) => byPopularity));
    }

    private static RecommenderModel Train(Market market, RecommenderSettings? settings = null)
    {
        var log = new InteractionLog();
        market.Known.ForEach(log.Add);
        return RecommenderTrainer.Train(log, [], settings ?? new RecommenderSettings(), default);
    }
}
