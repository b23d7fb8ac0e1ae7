using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Recommendations;

public sealed class GetRecommendationsTests : ShopTest
{
    private Tastes _tastes = null!;

    [OneTimeSetUp]
    public async Task LetPeopleBuy() => _tastes = await Tastes.MakeAsync(Admin);

    [Test]
    public async Task Who_bought_ink_is_shown_the_other_ink_first()
    {
        var (writer, smith) = (await Tastes.UserAsync(Admin), await Tastes.UserAsync(Admin));
        await Admin.BuyAsync(writer, _tastes.Ink[0], _tastes.Ink[1]);
        await Admin.BuyAsync(smith, _tastes.Iron[0], _tastes.Iron[1]);

        (await Admin.FeedAsync(writer)).Take(2).ShouldBeSubsetOf(_tastes.Ink);
        (await Admin.FeedAsync(smith)).Take(2).ShouldBeSubsetOf(_tastes.Iron);
    }

    [Test]
    public async Task What_is_bought_leaves_the_feed_at_once_and_changes_it()
    {
        var user = await Tastes.UserAsync(Admin);
        (await Admin.FeedAsync(user)).ShouldContain(_tastes.Iron[2]);

        await Admin.BuyAsync(user, _tastes.Iron[2]);

        var feed = await Admin.FeedAsync(user, 100);
        feed.ShouldNotContain(_tastes.Iron[2]);
        _tastes.Iron.ShouldContain(feed[0]);
        feed.ShouldBeUnique();
    }

    [Test]
    public async Task A_favorite_tells_a_taste_and_is_itself_no_news()
    {
        var user = await Shop.CustomerAsync();
        (await user.PostAsync("/favorites", new { product_id = _tastes.Iron[3] })).ShouldBe(201);

        var feed = (await user.GetAsync("/recommendations?limit=3")).ShouldBe(200).Ids();

        _tastes.Iron.ShouldContain(feed[0]);
        feed.ShouldNotContain(_tastes.Iron[3]);
    }

    [Test]
    public async Task What_was_bought_and_is_liked_too_is_not_shown()
    {
        var user = await Shop.CustomerAsync();
        await Admin.BuyAsync(user.UserId, _tastes.Ink[1]);
        (await user.PostAsync("/favorites", new { product_id = _tastes.Ink[1] })).ShouldBe(201);

        (await user.GetAsync("/recommendations?limit=100")).ShouldBe(200).Ids().ShouldNotContain(_tastes.Ink[1]);
    }

    [Test]
    public async Task What_is_out_of_stock_or_left_the_catalog_is_gone_at_once_and_what_is_new_can_appear()
    {
        await using var shop = await ShopServer.StartAsync();
        var admin = await shop.AdminAsync();
        var tastes = await Tastes.MakeAsync(admin);
        var user = await Tastes.UserAsync(admin);
        await admin.BuyAsync(user, tastes.Ink[0], tastes.Ink[1]);
        (await admin.FeedAsync(user)).ShouldBe([.. tastes.Ink.Skip(2), .. tastes.Iron], ignoreOrder: true);

        (await admin.PatchAsync($"/products/{tastes.Ink[2]}", new { stock = 0 })).ShouldBe(200);
        (await admin.DeleteAsync($"/products/{tastes.Ink[3]}")).ShouldBe(204);
        var added = (await admin.PostAsync("/products", new { name = "Blotting paper", price = 1, stock = 5 })).ShouldBe(201).Id;

        var feed = await admin.FeedAsync(user);
        feed.ShouldBe([.. tastes.Ink.Skip(4), .. tastes.Iron, added], ignoreOrder: true);
        feed[^1].ShouldBe(added);
    }

    [Test]
    public async Task Without_a_model_it_is_what_sells_and_then_what_is_new()
    {
        await using var shop = await ShopServer.StartAsync();
        var admin = await shop.AdminAsync();
        var ids = new List<long>();
        foreach (var stock in (int[])[10, 10, 10, 0, 10])
        {
            ids.Add((await admin.PostAsync("/products", new { name = "Thing", price = 1, stock })).ShouldBe(201).Id);
        }

        var (buyer, user) = (await Tastes.UserAsync(admin), await shop.CustomerAsync());
        await admin.BuyAsync(buyer, ids[1], ids[3]);

        (await user.GetAsync("/recommendations")).ShouldBe(200).Ids().ShouldBe([ids[1], ids[4], ids[2], ids[0]]);
        (await admin.FeedAsync(buyer)).ShouldBe([ids[4], ids[2], ids[0]]);
        (await admin.FeedAsync(buyer, 2)).ShouldBe([ids[4], ids[2]]);
    }

    [Test]
    public async Task Who_has_no_history_is_shown_what_is_popular_of_late()
    {
        await using var shop = await ShopServer.StartAsync();
        var admin = await shop.AdminAsync();
        var tastes = await Tastes.MakeAsync(admin);
        for (var buyer = 0; buyer < 12; buyer++)
        {
            await admin.BuyAsync(await Tastes.UserAsync(admin), tastes.Iron[4]);
        }

        await admin.TrainAsync();

        var user = await shop.CustomerAsync();
        (await user.GetAsync("/recommendations?limit=1")).ShouldBe(200).Ids().ShouldBe([tastes.Iron[4]]);
    }

    [Test]
    public async Task However_much_is_out_of_stock_the_rest_is_found()
    {
        await using var shop = await ShopServer.StartAsync();
        var admin = await shop.AdminAsync();
        var tastes = await Tastes.MakeAsync(admin);
        var user = await Tastes.UserAsync(admin);
        await admin.BuyAsync(user, tastes.Ink[0]);
        var feed = await admin.FeedAsync(user);
        foreach (var product in feed.SkipLast(1))
        {
            (await admin.PatchAsync($"/products/{product}", new { stock = 0 })).ShouldBe(200);
        }

        (await admin.FeedAsync(user, 1)).ShouldBe([feed[^1]]);
    }

    [Test]
    public async Task It_shows_products_as_the_catalog_does()
    {
        var user = await Shop.CustomerAsync();

        var first = (await user.GetAsync($"/recommendations?limit=1&user_id={user.UserId}")).ShouldBe(200).Json[0];

        first.GetRawText().ShouldBe((await user.GetAsync($"/products/{first.GetProperty("id").GetInt64()}")).Body);
    }

    [Test]
    public async Task A_feed_is_its_owners()
    {
        var (user, other) = (await Shop.CustomerAsync(), await Shop.CustomerAsync());

        (await Shop.Anonymous().GetAsync("/recommendations")).ShouldBeProblem(401, "unauthenticated");
        (await other.GetAsync($"/recommendations?user_id={user.UserId}")).ShouldBeProblem(404, "user_not_found");
        (await other.GetAsync("/recommendations?user_id=999999999")).ShouldBeProblem(404, "user_not_found");
        (await Admin.GetAsync("/recommendations?user_id=999999999")).ShouldBeProblem(400, "user_unknown", "user_id");
    }

    [TestCase("0")]
    [TestCase("101")]
    [TestCase("many")]
    public async Task A_limit_that_is_none_is_refused(string limit) =>
        (await Admin.GetAsync($"/recommendations?limit={limit}")).ShouldBe(400).ContentType.ShouldBe("application/problem+json");
}
