using Shop.Infrastructure.Recommendations;

namespace Shop.Infrastructure.IntegrationTests.Recommendations;

[Parallelizable(ParallelScope.All)]
public sealed class RecommenderModelTests
{
    private const long Pen = 1;
    private const long Paper = 2;
    private const long Hammer = 3;
    private const long Nails = 4;
    private const long Saw = 5;
    private const long Calendar = 6;
    private const long BlueSaw = 7;
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly CatalogEntry[] Catalog =
    [
        new(Pen, "Pen", 10), new(Paper, "Paper", 10), new(Hammer, "Hammer", 20), new(Nails, "Nails", 20), new(Saw, "Red saw", 20), new(Calendar, "Wall calendar", null),
        new(BlueSaw, "Blue saw", 20),
    ];

    private static readonly Interaction[] Purchases =
    [
        .. from writer in Enumerable.Range(100, 10) from product in new[] { Pen, Paper } select new Interaction(writer, product, Now.AddDays(-writer)),
        .. from smith in Enumerable.Range(200, 6) from product in new[] { Hammer, Nails, Saw } select new Interaction(smith, product, Now.AddDays(-smith)),
        .. from buyer in Enumerable.Range(300, 3) select new Interaction(buyer, Calendar, Now.AddDays(-1)),
    ];

    [Test]
    public void Who_came_after_the_training_is_told_by_their_history()
    {
        var model = Train(Purchases);

        model.Rank([Pen]).First().ShouldBe(Paper);
        model.Rank([Hammer]).Take(2).ShouldBe([Nails, Saw], ignoreOrder: true);
    }

    [Test]
    public void Nothing_of_a_history_is_recommended() => Train(Purchases).Rank([Pen, Hammer]).ShouldNotContain(product => product == Pen || product == Hammer);

    [Test]
    public void Every_other_product_is_ranked_once() =>
        Train(Purchases).Rank([Pen]).Order().ShouldBe([Paper, Hammer, Nails, Saw, Calendar, BlueSaw]);

    [Test]
    public void Who_has_no_history_gets_what_is_popular_lately()
    {
        var ranked = Train(Purchases).Rank([]).ToList();

        ranked[0].ShouldBe(Calendar);
        ranked[1..3].ShouldBe([Pen, Paper]);
    }

    [Test]
    public void Unknown_products_are_no_history() => Train(Purchases).Rank([999]).First().ShouldBe(Calendar);

    [Test]
    public void What_may_not_be_shown_leaves_its_place_to_the_next()
    {
        var model = Train(Purchases);

        model.Recommend([Hammer], product => product != Nails && product != Saw, 3).Count.ShouldBe(3);
        model.Recommend([Hammer], product => product == Pen, 3).ShouldBe([Pen]);
        model.Recommend([Hammer], _ => true, 2).Count.ShouldBe(2);
    }

    [Test]
    public void A_new_product_is_recommended_to_who_bought_its_like()
    {
        var ranked = Train(Purchases).Rank([Saw]).ToList();

        ranked.IndexOf(BlueSaw).ShouldBeLessThan(ranked.IndexOf(Paper));
    }

    [Test]
    public void Similar_are_those_bought_together_and_new_ones_alike_by_name()
    {
        var similar = Train(Purchases).Similar(Saw).ToList();

        similar.ShouldNotContain(Saw);
        similar.Take(2).ShouldBe([Hammer, Nails], ignoreOrder: true);
        similar.ShouldContain(BlueSaw);
        similar.ShouldNotContain(Pen);
    }

    [Test]
    public void A_new_product_has_similar_ones()
    {
        var similar = Train(Purchases).Similar(BlueSaw).ToList();

        similar[0].ShouldBe(Saw);
        similar.ShouldContain(Hammer);
    }

    [Test]
    public void An_unknown_product_has_none() => Train(Purchases).Similar(999).ShouldBeEmpty();

    [Test]
    public void The_order_of_interactions_and_catalog_makes_no_difference()
    {
        var shuffled = Purchases.ToArray();
        new Random(1).Shuffle(shuffled);

        var (one, other) = (Train(Purchases), RecommenderTrainer.Train(LogOf(shuffled), [.. Catalog.Reverse()], new RecommenderSettings(), default));

        ModelFile.Write(other).ShouldBe(ModelFile.Write(one));
    }

    [TestCase(0, 0, TestName = "Nothing at all")]
    [TestCase(1, 1, TestName = "One user and one product")]
    [TestCase(1, 5, TestName = "One user")]
    [TestCase(5, 1, TestName = "One product")]
    [TestCase(100, 3, TestName = "Everybody bought everything")]
    public void Whatever_there_is_makes_a_model(int users, int products)
    {
        Interaction[] interactions = [.. from user in Enumerable.Range(1, users) from product in Enumerable.Range(1, products) select new Interaction(user, product, Now)];

        foreach (var maxDense in new[] { 10_000, 0 })
        {
            var model = RecommenderTrainer.Train(LogOf([.. interactions, .. interactions]), [], new RecommenderSettings { MaxDenseProducts = maxDense }, default);

            model.Rank([]).Count().ShouldBe(products);
            model.Rank([1]).Count().ShouldBe(Math.Max(0, products - 1));
            ModelFile.Write(ModelFile.Read(ModelFile.Write(model))).ShouldBe(ModelFile.Write(model));
        }
    }

    [Test]
    public void Training_can_be_given_up() =>
        Should.Throw<OperationCanceledException>(() => RecommenderTrainer.Train(LogOf(Purchases), Catalog, new RecommenderSettings(), new CancellationToken(canceled: true)));

    private static RecommenderModel Train(IEnumerable<Interaction> interactions) =>
        RecommenderTrainer.Train(LogOf(interactions), Catalog, new RecommenderSettings(), default);

    private static InteractionLog LogOf(IEnumerable<Interaction> interactions)
    {
        var log = new InteractionLog();
        foreach (var interaction in interactions)
        {
            log.Add(interaction);
        }

        return log;
    }
}
