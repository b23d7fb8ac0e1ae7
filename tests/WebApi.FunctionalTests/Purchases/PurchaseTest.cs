using System.Globalization;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Purchases;

/// <summary>What tests of purchases share.</summary>
public abstract class PurchaseTest : ShopTest
{
    /// <summary>Records a sale.</summary>
    protected async Task<Answer> RecordAsync(Actor buyer, long productId, int quantity = 1) =>
        (await Admin.PostAsync("/purchases", new { user_id = buyer.UserId, product_id = productId, quantity })).ShouldBe(201);

    /// <summary>What the catalog says is left of a product.</summary>
    protected async Task<int> StockOfAsync(long productId) =>
        (await Admin.GetAsync($"/products/{productId}")).ShouldBe(200)["stock"].GetInt32();

    /// <summary>A delivered order as a sales file leaves it, with one line per product; the ids of its lines.</summary>
    protected async Task<long[]> ImportAsync(Actor buyer, params long[] productIds)
    {
        var orderId = await Shop.ScalarAsync<long>("SELECT coalesce(max(id), 0) + 1000 FROM orders");
        var invoice = $"{orderId}-{Guid.NewGuid().ToString("N")[..8]}";
        orderId = await Shop.ScalarAsync<long>($"""
            INSERT INTO orders (id, number, invoice_no, user_id, origin, status, subtotal, discount, shipping, tax, total,
                version, created_at, updated_at, placed_at, paid_at)
            VALUES (nextval('order_ids') * 1000000 + {Random.Shared.Next(1_000_000)}, '{invoice}', '{invoice}', {buyer.UserId}, 'imported', 'delivered',
                {2 * productIds.Length}, 0, 0, 0, {2 * productIds.Length},
                1, '2011-01-02Z', '2011-01-02Z', '2011-01-02Z', '2011-01-02Z') RETURNING id
            """);
        var lines = new List<long>();
        foreach (var productId in productIds)
        {
            lines.Add(await Shop.ScalarAsync<long>($"""
                WITH sold AS (UPDATE products SET units_sold = units_sold + 2 WHERE id = {productId} RETURNING id)
                INSERT INTO order_items (order_id, product_id, quantity, sku, name, unit_price, line_total, stock_held)
                SELECT {orderId}, id, 2, 'IMPORTED', 'Imported', 1, 2, 0 FROM sold RETURNING id
                """));
        }

        await Shop.ScalarAsync<long>($"""
            INSERT INTO sales_entries (day, user_id, product_id, revenue, units, orders)
            SELECT date '2011-01-02', {buyer.UserId}, NULL::bigint, 0, 0, 1
            UNION ALL SELECT date '2011-01-02', {buyer.UserId}, product_id, 2, 2, 0 FROM order_items WHERE order_id = {orderId} RETURNING id
            """);

        return [.. lines];
    }

    /// <summary>A number that the database holds.</summary>
    protected async Task<long> NumberAsync(string sql) =>
        Convert.ToInt64(await Shop.ScalarAsync<object>(sql), CultureInfo.InvariantCulture);

    /// <summary>Units sold of a product, as counted for the most popular.</summary>
    protected Task<long> UnitsSoldAsync(long productId) => NumberAsync($"SELECT units_sold FROM products WHERE id = {productId}");

    /// <summary>The total of an order.</summary>
    protected Task<decimal> TotalOfAsync(long orderId) => Shop.ScalarAsync<decimal>($"SELECT total FROM orders WHERE id = {orderId}");

    /// <summary>The books agree with themselves, whatever the tests did.</summary>
    [OneTimeTearDown]
    public async Task AuditTheBooks() =>
        (await Infrastructure.Audit.ShopAudit.RunAsync(Shop.Services, default)).Where(finding => !finding.Holds).ShouldBeEmpty();
}
