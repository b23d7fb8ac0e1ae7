using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Recommendations;

/// <summary>One model for all nodes, and for the next start.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class SharedModelTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Test]
    public async Task A_node_that_starts_later_answers_by_the_stored_model_at_once()
    {
        await using var shop = await ShopServer.StartAsync();
        var admin = await shop.AdminAsync();
        var tastes = await Tastes.MakeAsync(admin);
        var user = await Tastes.UserAsync(admin);
        await admin.BuyAsync(user, tastes.Ink[0]);

        await using var later = shop.StartSecondNode();

        var there = await later.AdminAsync();
        (await there.FeedAsync(user)).ShouldBe(await admin.FeedAsync(user));
        (await there.SimilarAsync(tastes.Ink[0])).ShouldBe(await admin.SimilarAsync(tastes.Ink[0]));
    }

    [Test]
    public async Task A_node_takes_up_what_another_has_learnt()
    {
        await using var shop = await ShopServer.StartAsync();
        await using var second = shop.StartSecondNode();
        var (here, there) = (await shop.AdminAsync(), await second.AdminAsync());
        var tastes = await Tastes.MakeAsync(here);
        var added = (await here.PostAsync("/products", new { name = "Quill", price = 1, stock = 100 })).ShouldBe(201).Id;
        (await there.SimilarAsync(added)).ShouldBeEmpty();
        for (var buyer = 0; buyer < 5; buyer++)
        {
            await here.BuyAsync(await Tastes.UserAsync(here), added, tastes.Ink[0], tastes.Ink[1]);
        }

        await here.TrainAsync();

        (await here.SimilarAsync(added)).ShouldNotBeEmpty();
        using var patience = new CancellationTokenSource(Patience);
        while ((await there.SimilarAsync(added)).Count == 0)
        {
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    [Test]
    public async Task A_stored_model_that_cannot_be_read_leaves_what_is_popular()
    {
        await using var shop = await ShopServer.StartAsync();
        var admin = await shop.AdminAsync();
        var tastes = await Tastes.MakeAsync(admin);
        var user = await Tastes.UserAsync(admin);
        await shop.ScalarAsync<long>("UPDATE recommender_models SET content = 'nonsense' RETURNING id");

        await using var later = shop.StartSecondNode();

        (await (await later.AdminAsync()).FeedAsync(user)).ShouldBe([.. tastes.Ink, .. tastes.Iron], ignoreOrder: true);
    }
}
