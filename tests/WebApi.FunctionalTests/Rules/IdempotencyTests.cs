using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Rules;

public sealed class IdempotencyTests : ShopTest
{
    private const string Path = "/orders";

    [Test]
    public async Task The_same_request_under_the_same_key_gets_its_first_answer_again_and_has_one_effect()
    {
        var caller = await Shop.CustomerAsync();
        var (body, key) = (await OrderAsync(), NewKey());

        var first = await SendAsync(caller, body, key);
        var again = await SendAsync(caller, body, key);

        first.ShouldBe(201).Header("Idempotent-Replayed").ShouldBeNull();
        again.ShouldBe(201).Header("Idempotent-Replayed").ShouldBe("true");
        again.Body.ShouldBe(first.Body);
        foreach (var header in (string[])["Location", "ETag", "Content-Type"])
        {
            again.Header(header).ShouldNotBeNull(header).ShouldBe(first.Header(header), header);
        }

        (await CountAsync(caller)).ShouldBe(1);
    }

    [Test]
    public async Task Another_body_or_another_query_under_the_same_key_is_422()
    {
        var caller = await Shop.CustomerAsync();
        var (body, key) = (await OrderAsync(), NewKey());
        (await SendAsync(caller, body, key)).ShouldBe(201);

        (await SendAsync(caller, body + " ", key)).ShouldBeProblem(422, "idempotency_key_reused");
        (await caller.PostAsync(Path + "?other=1", body, ("Idempotency-Key", key))).ShouldBeProblem(422, "idempotency_key_reused");
        (await CountAsync(caller)).ShouldBe(1);
    }

    [Test]
    public async Task A_key_belongs_to_its_caller()
    {
        var (one, other) = (await Shop.CustomerAsync(), await Shop.CustomerAsync());
        var (body, key) = (await OrderAsync(), NewKey());

        var first = await SendAsync(one, body, key);
        var second = await SendAsync(other, body, key);

        second.ShouldBe(201).Header("Idempotent-Replayed").ShouldBeNull();
        second.Id.ShouldNotBe(first.ShouldBe(201).Id);
    }

    [Test]
    public async Task Fifty_at_once_have_one_effect()
    {
        var caller = await Shop.CustomerAsync();
        var (body, key) = (await OrderAsync(), NewKey());

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => SendAsync(caller, body, key)));

        var made = answers.Where(answer => answer.Status == 201).ToList();
        made.Count(answer => answer.Header("Idempotent-Replayed") is null).ShouldBe(1);
        made.ShouldAllBe(answer => answer.Body == made[0].Body);
        foreach (var refused in answers.Where(answer => answer.Status != 201))
        {
            refused.ShouldBeProblem(409, "idempotency_in_flight").Header("Retry-After").ShouldBe("1");
        }

        (await CountAsync(caller)).ShouldBe(1);
    }

    [Test]
    public async Task A_refusal_leaves_nothing_behind_and_frees_the_key()
    {
        var caller = await Shop.CustomerAsync();
        var (body, key) = (await OrderAsync(), NewKey());

        (await SendAsync(caller, await RefusedAsync(), key)).Status.ShouldBeInRange(400, 409);
        (await CountAsync(caller)).ShouldBe(0);
        (await SendAsync(caller, body, key)).ShouldBe(201).Header("Idempotent-Replayed").ShouldBeNull();
        (await CountAsync(caller)).ShouldBe(1);
    }

    [Test]
    public async Task A_key_is_told_from_another_by_case()
    {
        var caller = await Shop.CustomerAsync();
        var (body, key) = (await OrderAsync(), NewKey());

        (await SendAsync(caller, body, key + "a")).ShouldBe(201);
        (await SendAsync(caller, body, key + "A")).ShouldBe(201).Header("Idempotent-Replayed").ShouldBeNull();
    }

    [Test]
    public async Task Nobody_signed_in_is_401_with_a_key_too() =>
        (await SendAsync(Shop.Anonymous(), await OrderAsync(), NewKey())).ShouldBeProblem(401, "unauthenticated");

    [TestCase("")]
    [TestCase("with space")]
    [TestCase("tab\tinside")]
    [TestCase("delete-\u007f")]
    public async Task A_key_of_other_than_visible_characters_is_400(string key) =>
        (await SendAsync(await Shop.CustomerAsync(), await OrderAsync(), key)).ShouldBeProblem(400, "validation_failed", "idempotency_key");

    [TestCase(255, 201)]
    [TestCase(256, 400)]
    public async Task A_key_has_at_most_255_characters(int length, int status) =>
        (await SendAsync(await Shop.CustomerAsync(), await OrderAsync(), new string('k', length))).ShouldBe(status);

    [Test]
    public async Task After_24_hours_a_key_is_new_and_its_row_is_purged_in_passing()
    {
        var clock = new FakeClock();
        await using var shop = await ShopServer.StartAsync(services: services => services.AddSingleton<TimeProvider>(clock));
        var admin = await shop.AdminAsync();
        var product = (await admin.PostAsync("/products", new { name = "Thing", price = 10, stock = 100 })).ShouldBe(201).Id;
        var (body, key) = (Order(product), NewKey());
        var first = (await SendAsync(admin, body, key)).ShouldBe(201);
        (await SendAsync(admin, body, NewKey())).ShouldBe(201);

        clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMinutes(1));
        admin = await shop.AdminAsync();
        (await SendAsync(admin, body, key)).ShouldBe(201).Id.ShouldBe(first.Id);

        clock.Advance(TimeSpan.FromMinutes(2));
        admin = await shop.AdminAsync();
        (await SendAsync(admin, body, key)).ShouldBe(201).Id.ShouldNotBe(first.Id);
        (await shop.ScalarAsync<long>("SELECT count(*) FROM idempotency_keys")).ShouldBe(1);
    }

    private static string NewKey() => Guid.NewGuid().ToString("N");

    private static string Order(long productId, int quantity = 1) =>
        $"{{\"product_id\":{productId},\"quantity\":{quantity},\"status\":\"placed\"}}";

    private async Task<string> OrderAsync() => Order(await ProductAsync());

    /// <summary>What is well formed and refused only when most of it has been done.</summary>
    private async Task<string> RefusedAsync() => Order(await ProductAsync(stock: 1), quantity: 2);

    private static Task<Answer> SendAsync(Actor caller, string body, string key) => caller.PostAsync(Path, body, ("Idempotency-Key", key));

    private static async Task<long> CountAsync(Actor caller) =>
        long.Parse((await caller.GetAsync(Path + "?count=true")).ShouldBe(200).Header("X-Total-Count")!, CultureInfo.InvariantCulture);
}
