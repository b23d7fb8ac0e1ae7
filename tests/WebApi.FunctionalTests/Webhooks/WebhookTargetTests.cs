using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Webhooks;

/// <summary>Where the shop does not send to, however it is asked.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class WebhookTargetTests
{
    [TestCase(301)]
    [TestCase(302)]
    [TestCase(307)]
    [TestCase(308)]
    public async Task Redirects_are_not_followed(int status)
    {
        await using var receiver = await Receiver.StartAsync();
        await using var shop = await WebhookShop.StartAsync();
        await shop.SubscribeAsync(receiver);
        receiver.Behaviour = (_, context) =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        };

        var product = await shop.ProductAsync();

        await shop.UntilAsync(product, $"status = 'waiting' AND last_status = {status} AND last_error LIKE '%redirects are not followed%'");
        receiver.All.ShouldAllBe(each => each.Path == "/");
    }

    [Test]
    public async Task Private_addresses_are_refused_whatever_they_are_called()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var shop = await WebhookShop.StartAsync(allowsPrivate: false);
        string[] hosts =
        [
            "127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "127.1", "2130706433", "0.0.0.0", "[::]", "169.254.169.254", "10.0.0.1",
            "172.16.0.1", "192.168.0.1", "100.64.0.1", "[fc00::1]", "[fe80::1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "224.0.0.1", "255.255.255.255",
        ];
        foreach (var host in hosts)
        {
            await shop.SubscribeAsync($"http://{host}:{receiver.Url.Port}/");
        }

        await shop.ProductAsync();

        foreach (var webhook in (await shop.Admin.GetAsync("/webhooks?limit=100")).ShouldBe(200).Json.EnumerateArray())
        {
            var id = webhook.GetProperty("id").GetInt64();
            await Until.TrueAsync(
                () => shop.Server.ScalarAsync<bool>($"""
                    SELECT EXISTS (SELECT 1 FROM webhook_deliveries
                    WHERE webhook_id = {id} AND last_error LIKE '%has no public address%')
                    """),
                webhook.GetProperty("url").GetString());
        }

        receiver.All.ShouldBeEmpty();
    }

    [Test]
    public async Task A_receiver_that_does_not_answer_in_time_has_not_got_it()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var shop = await WebhookShop.StartAsync(timeLimit: TimeSpan.FromMilliseconds(300));
        await shop.SubscribeAsync(receiver);
        receiver.Behaviour = (_, context) => Task.Delay(Timeout.Infinite, context.RequestAborted);

        var product = await shop.ProductAsync();

        await shop.UntilAsync(product, "last_status IS NULL AND last_error LIKE 'The receiver did not answer within 0.3 %'");
    }
}
