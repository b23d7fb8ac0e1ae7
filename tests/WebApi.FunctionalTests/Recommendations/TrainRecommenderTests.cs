using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Recommendations;

[Parallelizable(ParallelScope.Self)]
public sealed class TrainRecommenderTests
{
    [Test]
    public async Task It_says_what_was_learnt_from()
    {
        await using var shop = await ShopServer.StartAsync();
        var admin = await shop.AdminAsync();
        var user = await shop.CustomerAsync();
        var products = new List<long>();
        for (var number = 0; number < 4; number++)
        {
            products.Add((await admin.PostAsync("/products", new { name = "Thing", price = 1, stock = 10 })).ShouldBe(201).Id);
        }

        await admin.BuyAsync(user.UserId, products[0], products[0], products[1]);
        await admin.BuyAsync(await Tastes.UserAsync(admin), products[0]);
        await user.OrderAsync(products[3]);
        (await user.PostAsync("/favorites", new { product_id = products[2] })).ShouldBe(201);

        var trained = await admin.TrainAsync();

        trained["trained_at"].GetDateTimeOffset().ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
        trained["users"].GetInt32().ShouldBe(2);
        trained["products"].GetInt32().ShouldBe(3);
        trained["interactions"].GetInt32().ShouldBe(5);
        trained["duration_ms"].GetInt64().ShouldBeGreaterThanOrEqualTo(0);
    }

    [Test]
    public async Task An_empty_shop_learns_nothing_and_recommends_nothing()
    {
        await using var shop = await ShopServer.StartAsync();
        var admin = await shop.AdminAsync();

        (await admin.TrainAsync())["interactions"].GetInt32().ShouldBe(0);

        (await admin.GetAsync("/recommendations")).ShouldBe(200).Ids().ShouldBeEmpty();
    }

    [Test]
    public async Task Trainings_at_once_wait_for_each_other_and_one_model_stays()
    {
        await using var shop = await ShopServer.StartAsync();
        await using var second = shop.StartSecondNode();
        var (here, there) = (await shop.AdminAsync(), await second.AdminAsync());
        await Tastes.MakeAsync(here);

        var answers = await AtOnce.AllAsync(Enumerable.Range(0, 6).Select(number =>
            (Func<Task<Answer>>)(() => (number % 2 == 0 ? here : there).PostAsync("/recommendations/train"))));

        answers.ShouldAllBe(answer => answer.Status == 200);
        (await shop.ScalarAsync<long>("SELECT count(*) FROM recommender_models")).ShouldBe(1);
    }

    [Test]
    public async Task It_is_an_admins()
    {
        await using var shop = await ShopServer.StartAsync();

        (await shop.Anonymous().PostAsync("/recommendations/train")).ShouldBeProblem(401, "unauthenticated");
        (await (await shop.CustomerAsync()).PostAsync("/recommendations/train")).ShouldBe(403);
    }
}
