using System.Text.Json;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Outbox;

public sealed class OutboxEndpointsTests : ShopTest
{
    /// <summary>Events are filed with webhooks where there are any.</summary>
    [OneTimeSetUp]
    public override async Task StartShop()
    {
        await base.StartShop();
        (await Admin.PostAsync("/webhooks", new { url = "https://erp.invalid", events = new[] { "order.refunded" } })).ShouldBe(201);
    }

    [Test]
    public async Task An_event_shows_what_it_tells_and_who_has_it()
    {
        var product = await ProductAsync(price: 12.5m);
        await Shop.UntilDeliveryAsync(product, "status = 'done'", "webhooks");

        var shown = await FindAsync(product, "status=done");

        shown.GetProperty("type").GetString().ShouldBe("product.created");
        shown.GetProperty("aggregate_type").GetString().ShouldBe("product");
        shown.GetProperty("sequence").GetInt64().ShouldBe(1);
        shown.GetProperty("status").GetString().ShouldBe("done");
        shown.GetProperty("attempts").GetInt32().ShouldBe(1);
        shown.GetProperty("deliveries").EnumerateArray().ShouldHaveSingleItem().GetProperty("consumer").GetString().ShouldBe("webhooks");
        shown.GetProperty("event_id").GetGuid().Version.ShouldBe(7);
        shown.GetProperty("data").GetProperty("price").GetDecimal().ShouldBe(12.5m);
        shown.GetProperty("data").GetProperty("id").GetInt64().ShouldBe(product);
    }

    [TestCase("waiting", 1)]
    [TestCase("dead", 2)]
    [TestCase("failed", 2)]
    [TestCase("done", 3)]
    public async Task Events_are_found_by_where_they_stand(string status, int which)
    {
        long[] products = [0, await ProductAsync(), await ProductAsync(), await ProductAsync()];
        await DeliverAsync(products[1], ("a", "done"), ("b", "waiting"));
        await DeliverAsync(products[2], ("a", "waiting"), ("b", "dead"), ("c", "done"));
        await DeliverAsync(products[3], ("a", "done"), ("b", "done"));

        var found = await FindAsync(products[which], $"status={status}");
        found.GetProperty("status").GetString().ShouldBe(status == "failed" ? "dead" : status);
        foreach (var other in Enumerable.Range(1, 3).Where(other => other != which))
        {
            (await ListAsync($"status={status}")).ShouldNotContain(each => each.GetProperty("aggregate_id").GetInt64() == products[other]);
        }
    }

    [Test]
    public async Task Newest_come_first_page_by_page()
    {
        var (older, newer) = (await ProductAsync(), await ProductAsync());

        var listed = await ListAsync("limit=3");

        listed.Select(each => each.GetProperty("id").GetInt64()).ShouldBeUnique();
        listed.Select(each => each.GetProperty("created_at").GetDateTimeOffset()).ShouldBeInOrder(SortDirection.Descending);
        listed.Where(each => each.GetProperty("type").GetString() == "product.created")
            .Select(each => each.GetProperty("aggregate_id").GetInt64())
            .Where(id => id == older || id == newer)
            .ShouldBe([newer, older]);
    }

    [Test]
    public async Task A_status_that_there_is_not_is_refused() =>
        (await Admin.GetAsync("/outbox?status=lost")).ShouldBeProblem(400, "validation_failed", "status");

    [Test]
    public async Task Only_what_is_dead_is_sent_again_and_only_to_whom_did_not_get_it()
    {
        var product = await ProductAsync();
        await DeliverAsync(product, ("a", "done"), ("b", "dead"));
        var id = (await FindAsync(product, "status=dead")).GetProperty("id").GetInt64();

        var again = (await Admin.PostAsync($"/outbox/{id}/retry")).ShouldBe(200);

        again["status"].GetString().ShouldBe("waiting");
        again["deliveries"].EnumerateArray().Select(each => each.GetProperty("status").GetString()).ShouldBe(["done", "waiting", "done"]);
        again["deliveries"][1].GetProperty("attempts").GetInt32().ShouldBe(0);
        again["deliveries"][1].GetProperty("last_error").GetString().ShouldBe("It broke.");
        (await Admin.PostAsync($"/outbox/{id}/retry")).ShouldBeProblem(409, "outbox_event_not_dead");
    }

    [Test]
    public async Task What_is_not_there_is_not_sent_again() =>
        (await Admin.PostAsync("/outbox/999999999/retry")).ShouldBeProblem(404, "outbox_event_not_found");

    [Test]
    public async Task Two_who_send_it_again_at_once_send_it_once()
    {
        var product = await ProductAsync();
        await DeliverAsync(product, ("a", "dead"));
        var id = (await FindAsync(product, "status=dead")).GetProperty("id").GetInt64();

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Admin.PostAsync($"/outbox/{id}/retry")));

        answers.Select(answer => answer.Status).Order().ShouldBe([200, 409, 409, 409, 409]);
    }

    private async Task<JsonElement> FindAsync(long product, string query) =>
        (await ListAsync(query))
        .Where(each => each.GetProperty("aggregate_id").GetInt64() == product && each.GetProperty("aggregate_type").GetString() == "product")
        .ShouldHaveSingleItem();

    /// <summary>The first pages: other tests add events meanwhile, yet not that many.</summary>
    private async Task<List<JsonElement>> ListAsync(string query)
    {
        var found = new List<JsonElement>();
        string? cursor = null;
        for (var page = 0; page < 10; page++)
        {
            var answer = (await Admin.GetAsync($"/outbox?{query}{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}")).ShouldBe(200);
            found.AddRange(answer.Json.EnumerateArray());
            cursor = answer.NextCursor;
            if (cursor is null)
            {
                break;
            }
        }

        return found;
    }

    /// <summary>Adds deliveries to that of webhooks, which is done.</summary>
    private async Task DeliverAsync(long product, params (string Consumer, string Status)[] deliveries)
    {
        await Shop.UntilDeliveryAsync(product, "status = 'done'", "webhooks");
        foreach (var (consumer, status) in deliveries)
        {
            await Shop.ExecuteAsync($"""
                INSERT INTO outbox_deliveries (event_id, consumer, aggregate_type, aggregate_id, sequence, status, attempts, next_attempt_at, last_error)
                SELECT event_id, '{consumer}', aggregate_type, aggregate_id, sequence, '{status}', 10, now(), 'It broke.' FROM outbox
                WHERE aggregate_type = 'product' AND aggregate_id = {product}
                """);
        }
    }
}
