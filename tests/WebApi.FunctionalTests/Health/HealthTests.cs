using Shop.TestKit;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Health;

public sealed class HealthTests : ShopTest
{
    [TestCase("/health/live")]
    [TestCase("/health/ready")]
    public async Task A_shop_that_runs_is_alive_and_ready(string path) =>
        (await Shop.Anonymous().GetAsync(path)).ShouldBe(200)["status"].GetString().ShouldBe("ok");

    [Test]
    public async Task Without_its_database_a_shop_is_alive_but_not_ready()
    {
        await using var shop = await ShopServer.StartAsync();
        await TestCluster.DropAsync(shop.ConnectionString);

        (await shop.Anonymous().GetAsync("/health/live")).ShouldBe(200);
        (await shop.Anonymous().GetAsync("/health/ready")).ShouldBeProblem(503, "not_ready");
    }
}
