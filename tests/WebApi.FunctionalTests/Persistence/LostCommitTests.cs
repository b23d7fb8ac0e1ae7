using System.Globalization;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Persistence;

/// <summary>The line to the server breaks at the commit: before it is done, or when it has been done and the answer is on its way.</summary>
[PostgreSqlOnly("it loses the answers of its connections")]
public sealed class LostCommitTests : ShopTest
{
    private const string Key = "INSERT INTO \"idempotency_keys\"";

    private LossyLine _line = null!;
    private ShopServer _node = null!;
    private Actor _buyer = null!;
    private long _product;

    [SetUp]
    public async Task ConnectAsync()
    {
        _line = new LossyLine(Shop.ConnectionString);
        _node = Shop.StartSecondNode(new Dictionary<string, string> { ["ConnectionStrings:Shop"] = _line.ConnectionString });
        _buyer = await _node.CustomerAsync();
        _product = await ProductAsync(stock: 100);
    }

    [TearDown]
    public async Task DisconnectAsync()
    {
        await _node.DisposeAsync();
        await _line.DisposeAsync();
    }

    [Test]
    public async Task Without_a_key_nothing_is_done_twice_and_the_caller_is_told_to_look()
    {
        _line.LoseAnswerTo("INSERT INTO \"orders\"");

        (await OrderAsync()).ShouldBeProblem(503, "outcome_unknown");

        _line.HasLost.ShouldBeTrue();
        await ShouldBeOrderedOnceAsync();
    }

    [Test]
    public async Task A_server_that_ends_the_connection_after_the_commit_has_not_refused_it()
    {
        _line.EndAfter("INSERT INTO \"orders\"");

        (await OrderAsync()).ShouldBeProblem(503, "outcome_unknown");

        _line.HasLost.ShouldBeTrue();
        await ShouldBeOrderedOnceAsync();
    }

    [Test]
    public async Task With_a_key_the_whole_is_repeated_and_finds_that_it_was_done()
    {
        _line.LoseAnswerTo(Key);

        (await OrderAsync(("Idempotency-Key", "lost"))).ShouldBe(201);

        _line.HasLost.ShouldBeTrue();
        await ShouldBeOrderedOnceAsync();
    }

    [Test]
    public async Task With_a_key_what_never_arrived_is_repeated_and_answered_once()
    {
        _line.LoseTripOf(Key);
        var first = (await OrderAsync(("Idempotency-Key", "repeated"))).ShouldBe(201);
        _line.HasLost.ShouldBeTrue();

        (await OrderAsync(("Idempotency-Key", "repeated"))).ShouldBe(201).Body.ShouldBe(first.Body);

        await ShouldBeOrderedOnceAsync();
    }

    [Test]
    public async Task A_payment_whose_beginning_is_lost_is_begun_once_and_left_to_who_finishes_payments()
    {
        var order = (await OrderAsync()).ShouldBe(201).Id;
        _line.LoseAnswerTo("INSERT INTO \"payments\"");

        (await _buyer.PostAsync($"/orders/{order}/payments", new { method = "sandbox_ok" })).ShouldBe(202);

        _line.HasLost.ShouldBeTrue();
        (await Shop.ScalarAsync<long>($"SELECT count(*) FROM payments WHERE order_id = {order}")).ShouldBe(1);
    }

    [Test]
    public async Task A_payment_whose_outcome_is_recorded_unheard_is_found_captured_and_counted_once()
    {
        var order = (await OrderAsync()).ShouldBe(201).Id;
        _line.LoseAnswerTo("UPDATE \"payments\"");

        (await _buyer.PostAsync($"/orders/{order}/payments", new { method = "sandbox_ok" })).ShouldBe(201).Text("status").ShouldBe("captured");

        _line.HasLost.ShouldBeTrue();
        (await Shop.ScalarAsync<long>($"SELECT units_sold FROM products WHERE id = {_product}")).ShouldBe(1);
        (await Shop.ScalarAsync<long>($"SELECT count(*) FROM order_history WHERE order_id = {order} AND change = 'paid'")).ShouldBe(1);
    }

    [Test]
    public async Task A_cart_line_is_not_put_in_twice_and_the_caller_is_told_to_look()
    {
        _line.LoseAnswerTo("INSERT INTO cart_items");

        (await _buyer.PostAsync("/cart_items", new { product_id = _product, quantity = 2 })).ShouldBeProblem(503, "outcome_unknown");

        _line.HasLost.ShouldBeTrue();
        (await _buyer.GetAsync("/cart")).ShouldBe(200)["items"][0].GetProperty("quantity").GetInt32().ShouldBe(2);
    }

    private Task<Answer> OrderAsync(params (string Name, string Value)[] headers) =>
        _buyer.PostAsync("/orders", new { product_id = _product, quantity = 1, status = "placed" }, headers);

    private async Task ShouldBeOrderedOnceAsync()
    {
        (await Shop.ScalarAsync<long>(string.Create(CultureInfo.InvariantCulture, $"SELECT count(*) FROM orders WHERE user_id = {_buyer.UserId}"))).ShouldBe(1);
        (await Shop.ScalarAsync<int>($"SELECT stock FROM products WHERE id = {_product}")).ShouldBe(99);
    }
}
