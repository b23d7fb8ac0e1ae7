namespace Shop.WebApi.FunctionalTests.Support;

/// <summary>What tests of payments and refunds have in common.</summary>
internal static class Paying
{
    /// <summary>A placed order of units of a product.</summary>
    public static async Task<long> PlaceAsync(this Actor buyer, long productId, int quantity = 1) =>
        (await buyer.OrderAsync(productId, quantity, "placed")).Id;

    /// <summary>A placed order that is paid through the sandbox.</summary>
    public static async Task<long> BuyAsync(this Actor buyer, long productId, int quantity = 1)
    {
        var order = await buyer.PlaceAsync(productId, quantity);
        (await buyer.PayAsync(order)).ShouldBe(201);
        return order;
    }

    /// <summary>Pays an order, under a key or without one.</summary>
    public static Task<Answer> PayAsync(this Actor buyer, long orderId, string method = "sandbox_ok", string? key = null) =>
        buyer.PostAsync($"/orders/{orderId}/payments", new { method }, key is null ? [] : [("Idempotency-Key", key)]);

    /// <summary>An order's status.</summary>
    public static async Task<string> StatusAsync(this ShopServer shop, long orderId) =>
        await shop.ScalarAsync<string>($"SELECT status FROM orders WHERE id = {orderId}");

    /// <summary>The statuses of an order's payments, in the order in which they were made.</summary>
    public static async Task<string> PaymentsAsync(this ShopServer shop, long orderId) =>
        await shop.ScalarAsync<string>($"SELECT coalesce(string_agg(status, ' ' ORDER BY id), '') FROM payments WHERE order_id = {orderId}");

    /// <summary>What the sandbox says it has taken for an order and not given back.</summary>
    public static async Task<decimal> LedgerAsync(this ShopServer shop, long orderId) =>
        await shop.ScalarAsync<decimal>(
            $"""
            SELECT coalesce(sum(CASE move WHEN 'capture' THEN amount WHEN 'refund' THEN -amount ELSE 0 END), 0)::numeric
            FROM sandbox_ledger WHERE order_id = {orderId}
            """);

    /// <summary>How often the sandbox took money for an order.</summary>
    public static async Task<long> ChargesAsync(this ShopServer shop, long orderId) =>
        await shop.ScalarAsync<long>($"SELECT count(*) FROM sandbox_ledger WHERE order_id = {orderId} AND move = 'capture'");

    /// <summary>A new idempotency key.</summary>
    public static string NewKey() => Guid.NewGuid().ToString("N");
}
