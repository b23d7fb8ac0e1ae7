using Shop.Infrastructure.Payments.Sandbox;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Payments;

public sealed class PaymentWebhookTests : ShopTest
{
    [Test]
    public async Task The_same_event_many_times_at_once_is_kept_once()
    {
        var id = Paying.NewKey();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => PaymentWebhooks.SendAsync(Shop.Anonymous(), new { id, type = "payment.captured", reference = "x" })));

        answers.ShouldAllBe(answer => answer.Status == 200);
        (await CountAsync(id)).ShouldBe(1);
        (await PaymentWebhooks.SendAsync(Shop.Anonymous(), new { id, type = "payment.captured", reference = "x" })).ShouldBe(200);
        (await CountAsync(id)).ShouldBe(1);
    }

    [Test]
    public async Task A_wrong_signature_is_400_and_leaves_nothing()
    {
        var id = Paying.NewKey();
        var body = PaymentWebhooks.Bytes($$"""{"id":"{{id}}","type":"payment.captured"}""");
        var now = DateTimeOffset.UtcNow;
        var good = SandboxWebhooks.Sign(body, ShopServer.WebhookSecret, now);
        string?[] wrong =
        [
            null,
            "",
            "t=1,v1=",
            good[..^1] + (good[^1] == '0' ? '1' : '0'),
            good.Replace("v1=", "v0=", StringComparison.Ordinal),
            SandboxWebhooks.Sign(body, "another-secret", now),
            SandboxWebhooks.Sign([.. body, (byte)' '], ShopServer.WebhookSecret, now),
            SandboxWebhooks.Sign(body, ShopServer.WebhookSecret, now.AddSeconds(-330)),
            SandboxWebhooks.Sign(body, ShopServer.WebhookSecret, now.AddSeconds(330)),
            SandboxWebhooks.Sign(body, ShopServer.WebhookSecret, now.AddSeconds(-330)).Split(',')[0] + "," + good.Split(',')[1],
        ];

        foreach (var signature in wrong)
        {
            (await PaymentWebhooks.SendAsync(Shop.Anonymous(), body, signature)).ShouldBeProblem(400, "webhook_signature_invalid");
        }

        (await CountAsync(id)).ShouldBe(0);
        (await PaymentWebhooks.SendAsync(Shop.Anonymous(), body, good + ",v1=beside")).ShouldBe(200);
        (await CountAsync(id)).ShouldBe(1);
    }

    [TestCase("")]
    [TestCase("no json")]
    [TestCase("[]")]
    [TestCase("""{"type":"x"}""")]
    [TestCase("""{"id":7,"type":"x"}""")]
    public async Task A_signed_body_that_is_no_event_is_400(string text)
    {
        var body = PaymentWebhooks.Bytes(text);
        (await PaymentWebhooks.SendAsync(Shop.Anonymous(), body, SandboxWebhooks.Sign(body, ShopServer.WebhookSecret, DateTimeOffset.UtcNow)))
            .ShouldBeProblem(400, "webhook_malformed");
    }

    [Test]
    public async Task An_unknown_provider_is_404_and_a_large_body_413()
    {
        (await PaymentWebhooks.SendAsync(Shop.Anonymous(), [], "x", "/payments/webhooks/nobody")).ShouldBeProblem(404, "payment_provider_unknown");
        (await PaymentWebhooks.SendAsync(Shop.Anonymous(), new byte[1_048_577], "x")).ShouldBe(413);
    }

    [Test]
    public async Task What_the_shop_does_not_follow_is_taken_and_noted()
    {
        var id = Paying.NewKey();

        (await PaymentWebhooks.SendAsync(Shop.Anonymous(), new { id, type = "charge.dispute.funds_withdrawn", more = new { of = "this" } })).ShouldBe(200);

        (await CountAsync(id)).ShouldBe(1);
        (await Shop.ScalarAsync<bool>($"SELECT due_at IS NULL FROM payment_events WHERE event_id = '{id}'")).ShouldBeTrue();
    }

    [TestCase("captured")]
    [TestCase("declined")]
    [TestCase("voided")]
    public async Task A_paid_order_is_never_downgraded(string truth)
    {
        await using var shop = await FaultyShop.StartAsync();
        var order = await shop.PlaceAsync();
        var reference = (await shop.Buyer.PayAsync(order)).ShouldBe(201).Text("provider_reference");

        foreach (var type in (string[])["payment.failed", "payment.voided", "payment.captured", "payment.declined"])
        {
            (await SendAsync(shop, new { id = type, type, reference })).ShouldBe(200);
        }

        await shop.Server.ScalarAsync<string>($"UPDATE sandbox_payments SET status = '{truth}' WHERE order_id = {order} RETURNING status");
        await shop.SweepLaterAsync();
        await shop.SweepLaterAsync();
        await shop.ShouldStandAsync(order, "paid", "captured", 20);
        (await shop.Server.ScalarAsync<long>("SELECT count(*) FROM refunds")).ShouldBe(0);
        (await OpenEventsAsync(shop)).ShouldBe(0);
    }

    [Test]
    public async Task Told_that_it_is_charged_the_shop_looks_and_records_it_before_any_lease_is_over()
    {
        await using var shop = await FaultyShop.StartAsync();
        var order = await shop.PlaceAsync();
        shop.Gateway.After["capture"] = FaultyShop.Crash;
        (await shop.Buyer.PayAsync(order)).ShouldBe(500);
        var key = await KeyAsync(shop, order);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => SendAsync(shop, new { id = $"evt_{i % 3}", type = "payment.captured", key })));
        await Task.WhenAll(shop.Server.SweepAsync(), shop.Server.SweepAsync());

        await shop.ShouldStandAsync(order, "paid", "captured", 20);
        (await shop.Server.ScalarAsync<long>("SELECT count(*) FROM payment_events")).ShouldBe(3);
    }

    [Test]
    public async Task Told_of_a_payment_that_is_under_way_the_shop_leaves_it_to_who_is_at_it()
    {
        await using var shop = await FaultyShop.StartAsync();
        var order = await shop.PlaceAsync();
        shop.Gateway.Before["authorize"] = FaultyShop.Crash;
        (await shop.Buyer.PayAsync(order)).ShouldBe(500);

        (await SendAsync(shop, new { id = "evt_1", type = "payment.failed", key = await KeyAsync(shop, order) })).ShouldBe(200);
        await shop.Server.SweepAsync();

        await shop.ShouldStandAsync(order, "placed", "pending", 0);
    }

    [Test]
    public async Task An_event_that_is_faster_than_the_shop_comes_up_again()
    {
        await using var shop = await FaultyShop.StartAsync();
        var order = await shop.PlaceAsync();
        shop.Gateway.After["capture"] = FaultyShop.Crash;
        (await shop.Buyer.PayAsync(order)).ShouldBe(500);
        shop.Gateway.After.Clear();
        var key = await KeyAsync(shop, order);
        await shop.Server.ScalarAsync<long>($"UPDATE payments SET key = 'hidden', due_at = now() + interval '1 year' WHERE order_id = {order} RETURNING id");

        (await SendAsync(shop, new { id = "evt_early", type = "payment.captured", key })).ShouldBe(200);
        await shop.Server.SweepAsync();
        (await OpenEventsAsync(shop)).ShouldBe(1);
        await shop.Server.ScalarAsync<long>($"UPDATE payments SET key = '{key}' WHERE order_id = {order} RETURNING id");
        await shop.SweepLaterAsync();

        await shop.ShouldStandAsync(order, "paid", "captured", 20);
        (await OpenEventsAsync(shop)).ShouldBe(0);
    }

    [Test]
    public async Task An_event_of_a_payment_that_never_shows_is_let_be_after_a_day()
    {
        await using var shop = await FaultyShop.StartAsync();
        (await SendAsync(shop, new { id = "evt_lost", type = "payment.captured", key = "of-another-shop" })).ShouldBe(200);

        shop.Clock.Advance(TimeSpan.FromHours(23));
        await shop.Server.SweepAsync();
        (await OpenEventsAsync(shop)).ShouldBe(1);
        shop.Clock.Advance(TimeSpan.FromHours(2));
        await shop.Server.SweepAsync();
        (await OpenEventsAsync(shop)).ShouldBe(0);
    }

    [Test]
    public async Task Without_a_secret_no_webhook_is_believed()
    {
        await using var shop = await ShopServer.StartAsync(new Dictionary<string, string> { ["Shop:Payments:Sandbox:WebhookSecret"] = "" });

        (await PaymentWebhooks.SendAsync(shop.Anonymous(), new { id = "evt_1", type = "payment.captured" })).ShouldBeProblem(400, "webhook_signature_invalid");
    }

    private static Task<Answer> SendAsync(FaultyShop shop, object said) => PaymentWebhooks.SendAsync(shop.Server.Anonymous(), said, shop.Clock.GetUtcNow());

    private static Task<string> KeyAsync(FaultyShop shop, long order) => shop.Server.ScalarAsync<string>($"SELECT key FROM payments WHERE order_id = {order}");

    private static Task<long> OpenEventsAsync(FaultyShop shop) => shop.Server.ScalarAsync<long>("SELECT count(*) FROM payment_events WHERE due_at IS NOT NULL");

    private Task<long> CountAsync(string eventId) => Shop.ScalarAsync<long>($"SELECT count(*) FROM payment_events WHERE event_id = '{eventId}'");
}
