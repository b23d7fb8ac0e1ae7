using System.Data.Common;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Payments;

/// <summary>What the database refuses, whatever the code above it forgets.</summary>
public sealed class PaymentConstraintTests : ShopTest
{
    [TestCase("pending")]
    [TestCase("captured")]
    public async Task A_second_payment_that_is_under_way_or_captured(string status)
    {
        var buyer = await Shop.CustomerAsync();
        var order = await buyer.BuyAsync(await ProductAsync());

        await ShouldBreakAsync("ux_payments_live", Copy(order, status, "key || '-2'"));

        await Shop.ScalarAsync<long>(Copy(order, "declined", "key || '-3'"));
    }

    [Test]
    public async Task A_second_payment_under_one_key()
    {
        var buyer = await Shop.CustomerAsync();
        var order = await buyer.BuyAsync(await ProductAsync());

        await ShouldBreakAsync("ux_payments_key", Copy(order, "failed", "key"));
    }

    [TestCase("refunded = amount + 0.01")]
    [TestCase("refunded = -0.01")]
    [TestCase("refunded = 1, status = 'voided'")]
    public async Task More_given_back_than_was_taken(string change)
    {
        var buyer = await Shop.CustomerAsync();
        var order = await buyer.BuyAsync(await ProductAsync());

        await ShouldBreakAsync("ck_payments_refunded", $"UPDATE payments SET {change} WHERE order_id = {order} RETURNING id");
    }

    [Test]
    public async Task The_same_event_of_a_provider_twice()
    {
        var id = Paying.NewKey();
        (await PaymentWebhooks.SendAsync(Shop.Anonymous(), new { id, type = "payment.captured" })).ShouldBe(200);

        await ShouldBreakAsync(
            "ux_payment_events_provider_event_id",
            $"""
            INSERT INTO payment_events (id, provider, event_id, type, tries, version, created_at, updated_at)
            SELECT -id, provider, event_id, type, tries, version, created_at, updated_at FROM payment_events WHERE event_id = '{id}' RETURNING id
            """);
    }

    private static string Copy(long order, string status, string key) =>
        $"""
        INSERT INTO payments (id, order_id, status, amount, refunded, provider, key, tries, version, created_at, updated_at)
        SELECT -id, order_id, '{status}', amount, 0, provider, {key}, 0, 1, created_at, updated_at
        FROM payments WHERE order_id = {order} AND id > 0 RETURNING id
        """;

    private async Task ShouldBreakAsync(string constraint, string sql) =>
        (await Should.ThrowAsync<DbException>(() => Shop.ScalarAsync<long>(sql))).Message.ShouldContain(constraint);
}
