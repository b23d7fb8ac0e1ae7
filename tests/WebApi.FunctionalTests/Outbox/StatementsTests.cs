using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Outbox;

/// <summary>What events cost the request that raises them.</summary>
[Parallelizable(ParallelScope.Self)]
[PostgreSqlOnly("it counts the statements of its provider")]
public sealed class StatementsTests
{
    [Test]
    public async Task Events_and_their_deliveries_go_with_what_they_tell_in_one_round_trip()
    {
        using var trips = new Trips();
        var (mail, hooks) = (new Probe("mail") { Wants = type => type == "order.placed" }, new Probe("hooks") { Wants = _ => true });
        await using var shop = await ShopServer.StartAsync(services: services =>
        {
            trips.AddTo(services);
            mail.AddTo(services);
            hooks.AddTo(services);
        });
        var buyer = await shop.CustomerAsync();
        var product = await (await shop.AdminAsync()).ListAsync();

        var sent = await trips.OfAsync(async header =>
            (await buyer.PostAsync("/orders", new { status = "placed", items = new[] { new { product_id = product } } }, header)).ShouldBe(201));

        var storing = sent.Where(text => text.Contains("INSERT INTO \"outbox\" ", StringComparison.Ordinal)).ShouldHaveSingleItem();
        storing.ShouldContain("INSERT INTO \"orders\" ");
        storing.ShouldContain("INSERT INTO \"order_items\" ");
        sent.Where(text => text.Contains("INSERT INTO \"outbox_deliveries\" ", StringComparison.Ordinal)).ShouldBe([storing]);
    }
}
