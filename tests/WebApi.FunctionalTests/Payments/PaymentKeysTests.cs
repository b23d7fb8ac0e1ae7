using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Payments;

/// <summary>The Idempotency-Key where the provider is asked between two transactions.</summary>
public sealed class PaymentKeysTests : ShopTest
{
    [Test]
    public async Task The_same_key_gets_the_first_answer_again_and_pays_once()
    {
        var (buyer, key) = (await Shop.CustomerAsync(), Paying.NewKey());
        var order = await buyer.PlaceAsync(await ProductAsync());

        var first = (await buyer.PayAsync(order, key: key)).ShouldBe(201);
        var again = (await buyer.PayAsync(order, key: key)).ShouldBe(201);

        first.Header("Idempotent-Replayed").ShouldBeNull();
        again.Header("Idempotent-Replayed").ShouldBe("true");
        again.Body.ShouldBe(first.Body);
        again.Header("Location").ShouldBe(first.Header("Location"));
        (await buyer.PayAsync(order, "sandbox_slow", key)).ShouldBeProblem(422, "idempotency_key_reused");
        (await Shop.ChargesAsync(order)).ShouldBe(1);
    }

    [TestCase("sandbox_declined", "payment_declined")]
    [TestCase("sandbox_timeout_not_charged", "payment_failed")]
    public async Task A_402_is_kept_as_well(string method, string code)
    {
        var (buyer, key) = (await Shop.CustomerAsync(), Paying.NewKey());
        var order = await buyer.PlaceAsync(await ProductAsync());

        var first = (await buyer.PayAsync(order, method, key)).ShouldBeProblem(402, code);
        var again = (await buyer.PayAsync(order, method, key)).ShouldBeProblem(402, code);

        again.Header("Idempotent-Replayed").ShouldBe("true");
        again.Body.ShouldBe(first.Body);
        (await buyer.PayAsync(order, "sandbox_ok", key)).ShouldBeProblem(422, "idempotency_key_reused");
        (await Shop.PaymentsAsync(order)).ShouldNotContain(" ");
    }

    [Test]
    public async Task While_the_first_is_at_work_it_is_409_with_retry_after()
    {
        var (buyer, key) = (await Shop.CustomerAsync(), Paying.NewKey());
        var order = await buyer.PlaceAsync(await ProductAsync());

        var paying = buyer.PayAsync(order, "sandbox_slow", key);
        await Until.TrueAsync(async () => (await Shop.PaymentsAsync(order)).Length > 0);

        (await buyer.PayAsync(order, "sandbox_slow", key)).ShouldBeProblem(409, "idempotency_in_flight").Header("Retry-After").ShouldNotBeNull();
        (await buyer.PayAsync(order, "sandbox_ok", key)).ShouldBeProblem(422, "idempotency_key_reused");
        var paid = (await paying).ShouldBe(201);
        (await buyer.PayAsync(order, "sandbox_slow", key)).ShouldBe(201).Body.ShouldBe(paid.Body);
    }

    [Test]
    public async Task Taken_over_while_the_first_is_at_work_still_it_pays_once_and_keeps_one_answer()
    {
        var (buyer, key) = (await Shop.CustomerAsync(), Paying.NewKey());
        var order = await buyer.PlaceAsync(await ProductAsync());

        var paying = buyer.PayAsync(order, "sandbox_slow", key);
        await Until.TrueAsync(async () => (await Shop.PaymentsAsync(order)).Length > 0);

        await Shop.ScalarAsync<int>($"UPDATE idempotency_keys SET leased_until = now() - interval '1 second' WHERE user_id = {buyer.UserId} RETURNING status");
        (await buyer.PayAsync(order, "sandbox_slow", key)).ShouldBeProblem(409, "idempotency_in_flight");
        var paid = (await paying).ShouldBe(201);

        (await buyer.PayAsync(order, "sandbox_slow", key)).ShouldBe(201).Body.ShouldBe(paid.Body);
        (await Shop.PaymentsAsync(order)).ShouldBe("captured");
        (await Shop.ChargesAsync(order)).ShouldBe(1);
    }

    [Test]
    public async Task After_its_time_a_key_is_a_new_one()
    {
        var (buyer, key) = (await Shop.CustomerAsync(), Paying.NewKey());
        var order = await buyer.PlaceAsync(await ProductAsync());
        (await buyer.PayAsync(order, "sandbox_declined", key)).ShouldBeProblem(402, "payment_declined");

        await Shop.ScalarAsync<int>($"UPDATE idempotency_keys SET expires_at = now() WHERE user_id = {buyer.UserId} RETURNING status");

        (await buyer.PayAsync(order, key: key)).ShouldBe(201).Header("Idempotent-Replayed").ShouldBeNull();
        (await Shop.PaymentsAsync(order)).ShouldBe("declined captured");
    }

    [Test]
    public async Task Fifty_at_once_under_one_key_pay_once()
    {
        var (buyer, key) = (await Shop.CustomerAsync(), Paying.NewKey());
        var order = await buyer.PlaceAsync(await ProductAsync());

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => buyer.PayAsync(order, key: key)));

        var paid = answers.Where(answer => answer.Status == 201).ToList();
        paid.Count(answer => answer.Header("Idempotent-Replayed") is null).ShouldBe(1);
        paid.ShouldAllBe(answer => answer.Body == paid[0].Body);
        answers.Where(answer => answer.Status != 201).ShouldAllBe(answer => answer.Code == "idempotency_in_flight");
        (await Shop.ChargesAsync(order)).ShouldBe(1);
    }

    [Test]
    public async Task A_refusal_frees_the_key()
    {
        var (buyer, key) = (await Shop.CustomerAsync(), Paying.NewKey());
        var order = (await buyer.OrderAsync(await ProductAsync())).Id;

        (await buyer.PayAsync(order, key: key)).ShouldBeProblem(409, "order_not_placed");
        (await buyer.PutAsync($"/orders/{order}", new { status = "placed" })).ShouldBe(200);
        (await buyer.PayAsync(order, key: key)).ShouldBe(201).Header("Idempotent-Replayed").ShouldBeNull();
    }

    [Test]
    public async Task A_key_belongs_to_its_caller_and_to_its_path()
    {
        var (one, other, key) = (await Shop.CustomerAsync(), await Shop.CustomerAsync(), Paying.NewKey());
        var (first, second) = (await one.PlaceAsync(await ProductAsync()), await other.PlaceAsync(await ProductAsync()));

        (await one.PayAsync(first, key: key)).ShouldBe(201);
        (await other.PayAsync(first, key: key)).ShouldBeProblem(404, "order_not_found");
        (await other.PayAsync(second, key: key)).ShouldBe(201);
        (await one.PayAsync(await one.PlaceAsync(await ProductAsync()), key: key)).ShouldBeProblem(422, "idempotency_key_reused");
    }

    [Test]
    public async Task A_key_is_of_visible_characters() =>
        (await (await Shop.CustomerAsync()).PayAsync(1, key: "with space")).ShouldBeProblem(400, "validation_failed", "idempotency_key");

    [Test]
    public async Task A_crash_before_the_answer_was_kept_is_answered_with_what_became_of_it()
    {
        var (buyer, key) = (await Shop.CustomerAsync(), Paying.NewKey());
        var order = await buyer.PlaceAsync(await ProductAsync());
        var paid = (await buyer.PayAsync(order, key: key)).ShouldBe(201);
        var claim = await Shop.ScalarAsync<string>($"SELECT key FROM payments WHERE order_id = {order}");
        await Shop.ScalarAsync<int>(
            $"""
            UPDATE idempotency_keys SET status = 0, body = '', claim = '{claim}', leased_until = now() - interval '1 second'
            WHERE user_id = {buyer.UserId} RETURNING status
            """);

        (await buyer.PayAsync(order, key: key)).ShouldBe(201).Id.ShouldBe(paid.Id);

        (await Shop.ChargesAsync(order)).ShouldBe(1);
    }

    [Test]
    public async Task In_production_somebody_has_to_take_the_money_before_anybody_can_pay()
    {
        await using var shop = await ShopServer.StartAsync(new Dictionary<string, string> { ["Shop:Payments:Provider"] = "" });
        var admin = await shop.AdminAsync();
        var product = (await admin.PostAsync("/products", new { name = "Thing", price = 10, stock = 5 })).ShouldBe(201).Id;
        var order = await admin.PlaceAsync(product);

        (await admin.PayAsync(order)).ShouldBeProblem(503, "payments_not_configured");
        (await admin.PutAsync($"/orders/{order}", new { status = "paid" })).ShouldBe(200);
    }
}
