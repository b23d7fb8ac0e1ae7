using Microsoft.Extensions.DependencyInjection;
using Shop.Infrastructure.Webhooks;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Webhooks;

/// <summary>How events come to other systems.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class WebhookDeliveryTests
{
    private const string NotSending = "lease_owner IS NULL";

    [Test]
    public async Task A_delivery_tells_what_happened_and_is_signed_over_its_raw_body()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var shop = await WebhookShop.StartAsync();
        var secret = (await shop.SubscribeAsync(receiver))["secret"].GetString()!;

        var product = await shop.ProductAsync();
        await receiver.UntilAsync(all => all.Count == 1);

        var sent = receiver.All.Single();
        sent.Method.ShouldBe("POST");
        sent.Headers["Content-Type"].ShouldBe("application/json");
        sent.Json.EnumerateObject().Select(property => property.Name).ShouldBe(["id", "type", "sequence", "created_at", "data"]);
        (sent.Type, sent.Sequence, sent.Aggregate).ShouldBe(("product.created", 1, product));
        (sent.Json.GetProperty("data").GetProperty("price").GetDecimal(), sent.Json.GetProperty("data").GetProperty("currency").GetString())
            .ShouldBe((10m, "EUR"));
        sent.Json.GetProperty("created_at").GetString()!.ShouldEndWith("Z");
        sent.Id.ShouldBe(await shop.Server.ScalarAsync<Guid>($"SELECT event_id FROM outbox WHERE aggregate_type = 'product' AND aggregate_id = {product}"));
        sent.Headers["Shop-Signature"].ShouldMatch("^t=[0-9]+,v1=[0-9a-f]{64}$");
        sent.IsSignedBy(secret).ShouldBeTrue();
        sent.IsSignedBy(secret + "x").ShouldBeFalse();
        (sent.SignedAt - shop.Clock.GetUtcNow()).Duration().ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }

    [Test]
    public async Task A_receiver_that_fails_three_times_gets_the_same_bytes_four_times_after_growing_pauses_and_what_follows_after_them()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var shop = await WebhookShop.StartAsync();
        var secret = (await shop.SubscribeAsync(receiver))["secret"].GetString()!;
        receiver.Answers = 500;
        var product = await shop.ProductAsync();
        await shop.RenameAsync(product, "Later");
        await shop.UntilFiledAsync(product, sequence: 2);

        foreach (var (attempt, pause) in ((int, int)[])[(1, 5), (2, 10), (3, 20)])
        {
            await shop.UntilAsync(product, $"attempts = {attempt} AND {NotSending} AND last_status = 500 AND status = 'waiting'");
            var next = await shop.Server.ScalarAsync<DateTime>($"SELECT next_attempt_at FROM webhook_deliveries WHERE aggregate_id = {product} AND sequence = 1");
            (next - shop.Clock.GetUtcNow().UtcDateTime).TotalSeconds.ShouldBeInRange(pause - 3, pause * 1.2);
            receiver.All.Count.ShouldBe(attempt);
            if (attempt == 3)
            {
                receiver.Answers = 200;
            }

            await shop.PassAsync(TimeSpan.FromSeconds(pause * 1.2));
        }

        await shop.UntilAsync(product, "status = 'done'", sequence: 2);
        await shop.UntilAsync(product, "status = 'done' AND attempts = 4 AND last_status = 200 AND last_error IS NULL");
        receiver.All.Select(each => each.Sequence).ShouldBe([1, 1, 1, 1, 2]);
        receiver.All.Take(4).Select(each => Convert.ToHexString(each.Body)).Distinct().Count().ShouldBe(1);
        receiver.All.ShouldAllBe(each => each.IsSignedBy(secret));
        receiver.All.Take(4).Select(each => each.SignedAt).ShouldBeUnique();
    }

    [Test]
    public async Task What_fails_for_three_days_is_given_up_lets_later_events_pass_and_is_sent_again_by_an_admin()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var shop = await WebhookShop.StartAsync();
        var webhook = (await shop.SubscribeAsync(receiver)).Id;
        receiver.Behaviour = (received, context) =>
        {
            context.Response.StatusCode = received.Sequence == 1 ? 400 : 204;
            return Task.CompletedTask;
        };
        var product = await shop.ProductAsync();
        await shop.RenameAsync(product, "Later");
        await shop.UntilFiledAsync(product, sequence: 2);

        for (var attempt = 1; attempt <= 10; attempt++)
        {
            await shop.UntilAsync(product, $"attempts = {attempt} AND {NotSending} AND status = 'waiting'");
            receiver.All.ShouldAllBe(each => each.Sequence == 1);
            await shop.PassAsync(TimeSpan.FromDays(3) / 10);
        }

        await shop.UntilAsync(product, "status = 'dead' AND last_status = 400 AND finished_at IS NOT NULL");
        await shop.UntilAsync(product, "status = 'done' AND last_status = 204", sequence: 2);
        var dead = (await shop.DeliveriesAsync(webhook, "?status=dead")).Json.EnumerateArray().ShouldHaveSingleItem();
        dead.GetProperty("last_error").GetString().ShouldBe("The receiver answered 400.");
        receiver.Answers = 200;
        var sentBefore = receiver.All.Count;

        (await shop.Admin.PostAsync($"/webhooks/deliveries/{dead.GetProperty("id").GetInt64()}/retry")).ShouldBe(200);

        await shop.UntilAsync(product, "status = 'done' AND attempts = 1 AND last_status = 200");
        receiver.All.Count.ShouldBe(sentBefore + 1);
        receiver.All[^1].Body.ShouldBe(receiver.All[0].Body);
    }

    [Test]
    public async Task While_a_secret_is_changed_both_sign_and_after_a_day_the_new_one_alone()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var shop = await WebhookShop.StartAsync();
        var webhook = await shop.SubscribeAsync(receiver);
        var first = webhook["secret"].GetString()!;

        var rotated = (await shop.Admin.PostAsync($"/webhooks/{webhook.Id}/secret")).ShouldBe(200);

        var second = rotated["secret"].GetString()!;
        second.ShouldNotBe(first);
        await shop.ProductAsync();
        await receiver.UntilAsync(all => all.Count == 1);
        receiver.All[0].Signatures.ShouldBe(2);
        receiver.All[0].IsSignedBy(first).ShouldBeTrue();
        receiver.All[0].IsSignedBy(second).ShouldBeTrue();

        await shop.PassAsync(TimeSpan.FromHours(24.1));
        await shop.ProductAsync();
        await receiver.UntilAsync(all => all.Count == 2);
        receiver.All[1].Signatures.ShouldBe(1);
        receiver.All[1].IsSignedBy(second).ShouldBeTrue();
    }

    [Test]
    public async Task A_receiver_that_is_gone_is_switched_off_and_gets_what_waited_when_it_is_back()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var shop = await WebhookShop.StartAsync();
        var webhook = (await shop.SubscribeAsync(receiver)).Id;
        receiver.Answers = 410;
        var product = await shop.ProductAsync();
        await shop.UntilAsync(product, "status = 'dead' AND last_status = 410");

        (await shop.Admin.GetAsync($"/webhooks/{webhook}")).ShouldBe(200)["active"].GetBoolean().ShouldBeFalse();
        await shop.RenameAsync(product, "Nobody hears of it");
        await shop.UntilFiledAsync(product, sequence: 2);
        var delivery = (await shop.DeliveriesAsync(webhook)).Json.EnumerateArray().ShouldHaveSingleItem().GetProperty("id").GetInt64();
        (await shop.Admin.PostAsync($"/webhooks/deliveries/{delivery}/retry")).ShouldBeProblem(409, "webhook_not_active");
        receiver.All.Count.ShouldBe(1);

        receiver.Answers = 200;
        (await shop.Admin.PatchAsync($"/webhooks/{webhook}", new { active = true })).ShouldBe(200);
        (await shop.Admin.PostAsync($"/webhooks/deliveries/{delivery}/retry")).ShouldBe(200);
        await shop.UntilAsync(product, "status = 'done'");
    }

    [Test]
    public async Task A_receiver_that_hangs_holds_up_nobody_else()
    {
        await using var slow = await Receiver.StartAsync();
        await using var quick = await Receiver.StartAsync();
        await using var shop = await WebhookShop.StartAsync(timeLimit: TimeSpan.FromMinutes(1));
        await shop.SubscribeAsync(slow);
        await shop.SubscribeAsync(quick);
        var hangs = new TaskCompletionSource();
        slow.Behaviour = (_, _) => hangs.Task;

        for (var i = 0; i < 2 * WebhookDispatcher.SentAtOnce; i++)
        {
            await shop.ProductAsync();
        }

        await quick.UntilAsync(all => all.Count == 2 * WebhookDispatcher.SentAtOnce);
        await slow.UntilAsync(all => all.Count == WebhookDispatcher.SentAtOnce);
        slow.All.Count.ShouldBe(WebhookDispatcher.SentAtOnce);
        hangs.SetResult();
    }

    [Test]
    public async Task Two_nodes_send_every_event_once_and_those_of_an_aggregate_in_order()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var shop = await WebhookShop.StartAsync();
        await using var second = shop.Server.StartSecondNode();
        var sameAdmin = await second.AdminAsync();
        await shop.SubscribeAsync(receiver);

        var products = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => shop.ProductAsync()));
        await Task.WhenAll(products.SelectMany(product => Enumerable.Range(0, 4).Select(i =>
            (i % 2 == 0 ? shop.Admin : sameAdmin).PatchAsync($"/products/{product}", new { name = $"Name {i}" }))));

        await receiver.UntilAsync(all => all.Count >= 8 * 5);
        foreach (var product in products)
        {
            await shop.UntilAsync(product, "status = 'done'", sequence: 5);
            receiver.All.Where(each => each.Aggregate == product).Select(each => each.Sequence).ShouldBe([1, 2, 3, 4, 5]);
        }

        receiver.All.Select(each => each.Id).ShouldBeUnique();
        receiver.All.Count.ShouldBe(8 * 5);
    }

    [Test]
    public async Task What_a_dead_node_had_is_sent_by_another_when_its_lease_ends_and_its_late_result_does_not_count()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var shop = await WebhookShop.StartAsync(timeLimit: TimeSpan.FromMinutes(1));
        await shop.SubscribeAsync(receiver);
        var hangs = new TaskCompletionSource();
        receiver.Behaviour = async (_, context) =>
        {
            if (receiver.All.Count == 1)
            {
                await hangs.Task;
                context.Response.StatusCode = 500;
            }
        };
        var product = await shop.ProductAsync();
        await receiver.UntilAsync(all => all.Count == 1);
        await using var second = shop.Server.StartSecondNode();

        shop.Clock.Advance(WebhookWorker.Lease);

        await shop.UntilAsync(product, "status = 'done' AND attempts = 2");
        receiver.All.Select(each => each.Id).Distinct().Count().ShouldBe(1);
        var stopped = shop.Server.Services.GetRequiredService<WebhookDispatcher>().StopAsync(default);
        hangs.SetResult();
        await stopped;
        await shop.UntilAsync(product, "status = 'done' AND attempts = 2 AND last_status = 200");
    }

    [Test]
    public async Task A_shop_that_stops_waits_for_the_answer_and_nobody_sends_again()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var shop = await WebhookShop.StartAsync();
        await shop.SubscribeAsync(receiver);
        var answer = new TaskCompletionSource();
        receiver.Behaviour = (_, _) => answer.Task;
        var product = await shop.ProductAsync();
        await receiver.UntilAsync(all => all.Count == 1);
        await using var second = shop.Server.StartSecondNode();

        var stopped = shop.Server.Services.GetRequiredService<WebhookDispatcher>().StopAsync(default);
        await shop.RenameAsync(product, "Later");
        await shop.UntilFiledAsync(product, sequence: 2);
        answer.SetResult();
        await stopped;

        await shop.UntilAsync(product, "status = 'done'", sequence: 2);
        await shop.UntilAsync(product, "status = 'done' AND attempts = 1");
        receiver.All.Select(each => each.Sequence).ShouldBe([1, 2]);
    }

    [Test]
    public async Task What_a_receiver_has_taken_is_noted_however_often_the_database_fails_and_not_sent_again()
    {
        var faults = new FailingStatements("UPDATE webhook_deliveries", 3);
        await using var receiver = await Receiver.StartAsync();
        await using var shop = await WebhookShop.StartAsync(services: faults.AddTo);
        await shop.SubscribeAsync(receiver);
        receiver.Behaviour = (_, _) =>
        {
            faults.Begin();
            return Task.CompletedTask;
        };

        var product = await shop.ProductAsync();

        await shop.UntilAsync(product, "status = 'done' AND attempts = 1 AND last_status = 200");
        faults.Left.ShouldBe(0);
        receiver.All.Count.ShouldBe(1);
    }

    [Test]
    public async Task What_waits_ends_with_its_subscription()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var shop = await WebhookShop.StartAsync();
        var webhook = (await shop.SubscribeAsync(receiver)).Id;
        receiver.Answers = 503;
        var product = await shop.ProductAsync();
        await shop.UntilAsync(product, $"attempts = 1 AND {NotSending}");

        (await shop.Admin.DeleteAsync($"/webhooks/{webhook}")).ShouldBe(204);
        await shop.PassAsync(TimeSpan.FromMinutes(1));
        await shop.RenameAsync(product, "Nobody hears of it");

        (await shop.Server.ScalarAsync<long>($"SELECT count(*) FROM outbox_deliveries WHERE aggregate_id = {product} AND sequence = 2")).ShouldBe(0);
        (await shop.Server.ScalarAsync<long>("SELECT count(*) FROM webhook_deliveries")).ShouldBe(0);
        receiver.All.Count.ShouldBe(1);
    }

    [Test]
    public async Task What_waits_for_a_paused_subscription_is_given_up_after_three_days_and_forgotten_after_the_retention()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var shop = await WebhookShop.StartAsync();
        var webhook = (await shop.SubscribeAsync(receiver)).Id;
        var done = await shop.ProductAsync();
        await shop.UntilAsync(done, "status = 'done'");
        receiver.Answers = 503;
        var paused = await shop.ProductAsync();
        await shop.UntilAsync(paused, $"attempts = 1 AND {NotSending}");
        (await shop.Admin.PatchAsync($"/webhooks/{webhook}", new { active = false })).ShouldBe(200);
        var purge = shop.Server.Services.GetRequiredService<WebhookPurge>();

        await shop.PassAsync(TimeSpan.FromDays(2));
        await purge.RunAsync(default);
        await shop.UntilAsync(paused, "status = 'waiting'");

        await shop.PassAsync(TimeSpan.FromDays(1.1));
        await purge.RunAsync(default);
        await shop.UntilAsync(paused, "status = 'dead' AND last_error = 'The webhook was not active.'");
        await shop.UntilAsync(done, "status = 'done'");

        await shop.PassAsync(TimeSpan.FromDays(4));
        await purge.RunAsync(default);
        (await shop.Server.ScalarAsync<string>("SELECT coalesce(string_agg(status, ','), '') FROM webhook_deliveries")).ShouldBe("dead");
    }
}
