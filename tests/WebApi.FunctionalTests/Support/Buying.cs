using System.Text.Json;

namespace Shop.WebApi.FunctionalTests.Support;

/// <summary>What tests of carts and orders have in common.</summary>
internal static class Buying
{
    /// <summary>A valid address.</summary>
    public static object Address(string city = "Berlin") =>
        new { name = "Anna Example", line1 = "Main Street 1", city, postal_code = "10115", country = "DE" };

    /// <summary>Puts units of a product into somebody's cart; a guest keeps the token.</summary>
    public static async Task<Answer> PutInCartAsync(this Actor buyer, long productId, int quantity = 1)
    {
        var answer = await buyer.PostAsync("/cart_items", new { product_id = productId, quantity });
        answer.Status.ShouldBeOneOf(200, 201);
        buyer.CartToken = answer.Header("X-Cart-Token") ?? buyer.CartToken;
        return answer;
    }

    /// <summary>Begins an order of one product.</summary>
    public static async Task<Answer> OrderAsync(this Actor buyer, long productId, int quantity = 1, string status = "active") =>
        (await buyer.PostAsync("/orders", new { product_id = productId, quantity, status })).ShouldBe(201);

    /// <summary>Units of a product that can be ordered now.</summary>
    public static async Task<int> StockAsync(this ShopServer shop, long productId) =>
        await shop.ScalarAsync<int>($"SELECT stock FROM products WHERE id = {productId}");

    /// <summary>Units of a product in paid, shipped and delivered orders.</summary>
    public static async Task<long> UnitsSoldAsync(this ShopServer shop, long productId) =>
        await shop.ScalarAsync<long>($"SELECT units_sold FROM products WHERE id = {productId}");

    /// <summary>
    /// Stock is the sum of its movements, and every order holds what its movements took. One statement each, so that it holds at any
    /// moment, whatever other tests do meanwhile.
    /// </summary>
    public static async Task ShouldBalanceAsync(this ShopServer shop)
    {
        (await shop.ScalarAsync<long>(
            """
            SELECT count(*) FROM products p
            WHERE p.stock <> (SELECT coalesce(sum(m.delta), 0) FROM stock_movements m WHERE m.product_id = p.id)
            """)).ShouldBe(0, "products whose movements do not add up to their stock");
        (await shop.ScalarAsync<long>(
            """
            SELECT count(*) FROM (SELECT order_id, product_id, sum(stock_held) AS held FROM order_items GROUP BY order_id, product_id) i
            WHERE i.held <> (SELECT coalesce(-sum(m.delta), 0) FROM stock_movements m WHERE m.order_id = i.order_id AND m.product_id = i.product_id)
            """)).ShouldBe(0, "order lines that hold something else than their movements took");
        (await shop.ScalarAsync<long>(
            """
            SELECT count(*) FROM orders o
            WHERE o.placed_at IS NOT NULL AND o.subtotal <> (SELECT coalesce(sum(i.line_total), 0) FROM order_items i WHERE i.order_id = o.id)
            """)).ShouldBe(0, "placed orders whose lines do not add up to their subtotal");
    }

    /// <summary>The amount of a property.</summary>
    public static decimal Amount(this Answer answer, string property) => answer[property].GetDecimal();

    /// <summary>The text of a property.</summary>
    public static string? Text(this Answer answer, string property) => answer[property].GetString();

    /// <summary>The elements of an array in the body.</summary>
    public static IReadOnlyList<JsonElement> List(this Answer answer, string property) => [.. answer[property].EnumerateArray()];

    /// <summary>The ids of an array that is the body.</summary>
    public static IReadOnlyList<long> Ids(this Answer answer) => [.. answer.Json.EnumerateArray().Select(each => each.GetProperty("id").GetInt64())];
}
