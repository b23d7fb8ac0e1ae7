using Shop.Domain.Common;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Webhooks;

/// <summary>What an admin does with subscriptions. Their addresses are never there, so that nothing is sent.</summary>
public sealed class WebhooksTests : ShopTest
{
    private const string Url = "https://erp.invalid/shop-events";

    [Test]
    public async Task A_webhook_is_made_and_shows_its_secret_this_once()
    {
        var made = (await Admin.PostAsync("/webhooks", new { url = Url, events = new[] { "order.placed", "order.paid", "order.placed" } })).ShouldBe(201);

        made.Header("Location").ShouldBe($"/webhooks/{made.Id}");
        made["secret"].GetString()!.ShouldMatch("^whsec_[A-Za-z0-9_-]{43}$");
        var found = (await Admin.GetAsync($"/webhooks/{made.Id}")).ShouldBe(200);
        found["url"].GetString().ShouldBe(Url);
        found["events"].EnumerateArray().Select(each => each.GetString()).ShouldBe(["order.paid", "order.placed"]);
        found["active"].GetBoolean().ShouldBeTrue();
        found.Json.TryGetProperty("secret", out _).ShouldBeFalse();
        (await Admin.GetAsync("/webhooks?limit=100")).Body.ShouldNotContain("whsec_");
        (await Admin.GetAsync($"/webhooks/{made.Id}", ("If-None-Match", found.ETag))).ShouldBe(304);
    }

    [Test]
    public async Task Secrets_are_stored_encrypted()
    {
        var made = await MakeAsync();

        (await Shop.ScalarAsync<string>($"SELECT protected_secret FROM webhooks WHERE id = {made.Id}"))
            .ShouldNotContain(made["secret"].GetString()!["whsec_".Length..]);
    }

    [Test]
    public async Task Every_type_of_event_can_be_wanted() =>
        (await Admin.PostAsync("/webhooks", new { url = Url, events = EventTypes.All, active = false })).ShouldBe(201)["events"]
            .EnumerateArray().Select(each => each.GetString()).ShouldBe(EventTypes.All);

    [TestCase("""{"events":["order.paid"]}""", "url")]
    [TestCase("""{"url":"","events":["order.paid"]}""", "url")]
    [TestCase("""{"url":"ftp://example.org","events":["order.paid"]}""", "url")]
    [TestCase("""{"url":"/relative","events":["order.paid"]}""", "url")]
    [TestCase("""{"url":"https://user:pass@example.org","events":["order.paid"]}""", "url")]
    [TestCase("""{"url":"https://example.org"}""", "events")]
    [TestCase("""{"url":"https://example.org","events":[]}""", "events")]
    [TestCase("""{"url":"https://example.org","events":["order.eaten"]}""", "events")]
    [TestCase("""{"url":"https://example.org","events":["order.paid",null]}""", "events")]
    public async Task What_is_not_valid_is_refused(string body, string field)
    {
        (await Admin.PostAsync("/webhooks", body)).ShouldBeProblem(400, "validation_failed", field);
        (await Admin.PutAsync($"/webhooks/{(await MakeAsync()).Id}", body)).ShouldBeProblem(400, "validation_failed", field);
    }

    [Test]
    public async Task An_address_is_at_most_2000_characters_long() =>
        (await Admin.PostAsync("/webhooks", new { url = "https://example.org/" + new string('a', 1_981), events = new[] { "order.paid" } }))
            .ShouldBeProblem(400, "validation_failed", "url");

    [Test]
    public async Task A_webhook_is_edited_by_who_has_seen_it_as_it_is()
    {
        var made = await MakeAsync();

        var patched = (await Admin.PatchAsync($"/webhooks/{made.Id}", new { active = false }, ("If-Match", made.ETag))).ShouldBe(200);
        patched["active"].GetBoolean().ShouldBeFalse();
        patched["url"].GetString().ShouldBe(Url);
        (await Admin.PatchAsync($"/webhooks/{made.Id}", new { url = "https://other.invalid" }, ("If-Match", made.ETag))).ShouldBeProblem(412, "precondition_failed");
        (await Admin.PatchAsync($"/webhooks/{made.Id}", new { events = Array.Empty<string>() })).ShouldBeProblem(400, "validation_failed", "events");
        (await Admin.PatchAsync($"/webhooks/{made.Id}", """{"url":null}""")).ShouldBeProblem(400, "validation_failed", "url");

        var replaced = (await Admin.PutAsync(
            $"/webhooks/{made.Id}", new { url = "https://other.invalid", events = new[] { "user.registered" } }, ("If-Match", patched.ETag))).ShouldBe(200);
        (replaced["url"].GetString(), replaced["active"].GetBoolean()).ShouldBe(("https://other.invalid", true));

        (await Admin.DeleteAsync($"/webhooks/{made.Id}", ("If-Match", patched.ETag))).ShouldBeProblem(412, "precondition_failed");
        (await Admin.DeleteAsync($"/webhooks/{made.Id}", ("If-Match", replaced.ETag))).ShouldBe(204);
        (await Admin.GetAsync($"/webhooks/{made.Id}")).ShouldBeProblem(404, "webhook_not_found");
    }

    [Test]
    public async Task What_is_not_there_is_not_found()
    {
        var body = new { url = Url, events = new[] { "order.paid" } };
        Answer[] answers =
        [
            await Admin.GetAsync("/webhooks/999999999"), await Admin.PutAsync("/webhooks/999999999", body), await Admin.PatchAsync("/webhooks/999999999", new { }),
            await Admin.DeleteAsync("/webhooks/999999999"), await Admin.PostAsync("/webhooks/999999999/secret"),
            await Admin.GetAsync("/webhooks/999999999/deliveries"),
        ];

        foreach (var answer in answers)
        {
            answer.ShouldBeProblem(404, "webhook_not_found");
        }

        (await Admin.PostAsync("/webhooks/deliveries/999999999/retry")).ShouldBeProblem(404, "webhook_delivery_not_found");
    }

    [Test]
    public async Task A_secret_is_changed_and_the_old_one_ends_in_a_day()
    {
        var made = await MakeAsync();

        var rotated = (await Admin.PostAsync($"/webhooks/{made.Id}/secret")).ShouldBe(200);

        rotated["secret"].GetString()!.ShouldMatch("^whsec_[A-Za-z0-9_-]{43}$");
        rotated["secret"].GetString().ShouldNotBe(made["secret"].GetString());
        (rotated["old_secret_ends_at"].GetDateTimeOffset() - DateTimeOffset.UtcNow).TotalHours.ShouldBeInRange(23.9, 24);
    }

    [Test]
    public async Task Deliveries_are_listed_newest_first_page_by_page_and_by_where_they_stand()
    {
        var webhook = (await MakeAsync()).Id;
        string[] statuses = ["done", "waiting", "dead", "done"];
        foreach (var (status, i) in statuses.Select((status, i) => (status, i)))
        {
            await Shop.ScalarAsync<long>($"""
                INSERT INTO webhook_deliveries (webhook_id, event_id, event_type, aggregate_type, aggregate_id, sequence, body, status, attempts,
                    next_attempt_at, give_up_at, created_at, last_status)
                VALUES ({webhook}, gen_random_uuid(), 'order.refunded', 'order', {webhook}, {i + 1}, '', '{status}', 2,
                    now() + interval '1 day', now() + interval '3 days', now() + interval '{i} seconds', 500)
                RETURNING id
                """);
        }

        var first = (await Admin.GetAsync($"/webhooks/{webhook}/deliveries?limit=3&count=true")).ShouldBe(200);
        first.Header("X-Total-Count").ShouldBe("4");
        first.Json.EnumerateArray().Select(each => each.GetProperty("sequence").GetInt64()).ShouldBe([4, 3, 2]);
        var rest = (await Admin.GetAsync($"/webhooks/{webhook}/deliveries?limit=3&cursor={Uri.EscapeDataString(first.NextCursor!)}")).ShouldBe(200);
        rest.Json.EnumerateArray().Select(each => each.GetProperty("sequence").GetInt64()).ShouldBe([1]);

        var waiting = (await Admin.GetAsync($"/webhooks/{webhook}/deliveries?status=waiting")).ShouldBe(200).Json.EnumerateArray().ShouldHaveSingleItem();
        waiting.GetProperty("event_type").GetString().ShouldBe("order.refunded");
        waiting.GetProperty("attempts").GetInt32().ShouldBe(2);
        waiting.GetProperty("last_status").GetInt32().ShouldBe(500);
        waiting.GetProperty("next_attempt_at").GetDateTimeOffset().ShouldBeGreaterThan(DateTimeOffset.UtcNow);
        (await Admin.GetAsync($"/webhooks/{webhook}/deliveries?status=lost")).ShouldBeProblem(400, "validation_failed", "status");

        (await Admin.PostAsync($"/webhooks/deliveries/{waiting.GetProperty("id").GetInt64()}/retry")).ShouldBeProblem(409, "webhook_delivery_waiting");
        var done = rest.Json[0].GetProperty("id").GetInt64();
        var again = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Admin.PostAsync($"/webhooks/deliveries/{done}/retry")));
        again.Select(answer => answer.Status).Order().ShouldBe([200, 409, 409, 409]);
    }

    [Test]
    public async Task Nobody_but_admins_has_webhooks()
    {
        (await Shop.Anonymous().GetAsync("/webhooks")).ShouldBe(401);
        (await (await Shop.CustomerAsync()).PostAsync("/webhooks", new { url = Url, events = new[] { "order.paid" } })).ShouldBeProblem(403, "admin_only");
    }

    private async Task<Answer> MakeAsync() =>
        (await Admin.PostAsync("/webhooks", new { url = Url, events = new[] { "order.refunded" } })).ShouldBe(201);
}
