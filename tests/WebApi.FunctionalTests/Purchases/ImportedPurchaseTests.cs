using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Purchases;

/// <summary>How corrections and loading the same sales again get along.</summary>
public sealed class ImportedPurchaseTests : PurchaseTest
{
    [Test]
    public async Task Loading_the_same_file_again_leaves_corrections_alone()
    {
        var (invoice, sku) = (NewCode(), NewCode());
        var file = File(invoice, (sku + "A", 2), (sku + "B", 3));
        (await Admin.BackfillAsync(file)).ShouldBe(200);
        var buyer = await Shop.CustomerAsync();
        (await Admin.PatchAsync($"/purchases/{await LineAsync(sku + "A")}", new { user_id = buyer.UserId })).ShouldBe(200);
        (await Admin.DeleteAsync($"/purchases/{await LineAsync(sku + "B")}")).ShouldBe(200);

        (await Admin.BackfillAsync(file)).ShouldBe(200)["updated"].GetInt64().ShouldBe(0);

        (await LinesAsync(invoice)).ShouldBe($"{sku}A 2 {buyer.Username}");
    }

    [Test]
    public async Task An_invoice_that_comes_again_with_other_rows_replaces_what_was_corrected_too()
    {
        var (invoice, sku) = (NewCode(), NewCode());
        (await Admin.BackfillAsync(File(invoice, (sku + "A", 2), (sku + "B", 3), (sku + "C", 4)))).ShouldBe(200);
        var buyer = await Shop.CustomerAsync();
        (await Admin.PatchAsync($"/purchases/{await LineAsync(sku + "A")}", new { user_id = buyer.UserId, product_id = await ProductAsync() })).ShouldBe(200);
        (await Admin.DeleteAsync($"/purchases/{await LineAsync(sku + "B")}")).ShouldBe(200);

        (await Admin.BackfillAsync(File(invoice, (sku + "A", 7), (sku + "B", 3)))).ShouldBe(200);

        (await LinesAsync(invoice)).ShouldBe($"{sku}A 7 customer-17850, {sku}B 3 customer-17850");
    }

    [Test]
    public async Task An_invoice_of_which_nothing_is_left_can_come_again_with_other_rows()
    {
        var (invoice, sku) = (NewCode(), NewCode());
        (await Admin.BackfillAsync(File(invoice, (sku, 2)))).ShouldBe(200);
        (await Admin.DeleteAsync($"/purchases/{await LineAsync(sku)}")).ShouldBe(200);

        (await Admin.BackfillAsync(File(invoice, (sku, 5)))).ShouldBe(200);

        (await LinesAsync(invoice)).ShouldBe($"{sku} 5 customer-17850");
    }

    private static string NewCode() => Guid.NewGuid().ToString("N")[..10].ToUpperInvariant().Replace('C', 'X');

    private static string File(string invoice, params (string Sku, int Quantity)[] rows) => string.Join(
        '\n', [Csv.Sales, .. rows.Select(row => $"9{invoice},{row.Sku},Thing,{row.Quantity},2010-12-01 08:26:00,1.50,17850,France"), ""]);

    private Task<long> LineAsync(string sku) => Shop.ScalarAsync<long>($"SELECT id FROM order_items WHERE sku = '{sku}'");

    /// <summary>What the books say of an invoice.</summary>
    private Task<string> LinesAsync(string invoice) => Shop.ScalarAsync<string>($"""
        SELECT coalesce(string_agg(i.sku || ' ' || i.quantity || ' ' || u.username, ', ' ORDER BY i.sku), '')
        FROM orders o JOIN order_items i ON i.order_id = o.id JOIN users u ON u.id = o.user_id WHERE o.invoice_no = '9{invoice}'
        """);
}
