using Shop.WebApi.FunctionalTests.Support;
using Shop.WebApi.Startup;

namespace Shop.WebApi.FunctionalTests.Audit;

/// <summary>The command, on a shop that is in use; alone in its shop, since it breaks it.</summary>
public sealed class AuditVerbTests : ShopTest
{
    private const string Sales = """
        InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
        536365,85123A,LAMP,6,2010-12-01 08:26:00,2.55,17850,United Kingdom
        536365,71053,LANTERN,6,2010-12-01 08:26:00,3.39,17850,United Kingdom
        536366,85123A,LAMP,2,2010-12-01 09:00:00,2.55,17851,United Kingdom
        """;

    [Test]
    public async Task Its_exit_code_is_0_for_books_in_order_and_1_for_broken_ones()
    {
        (await RunAsync()).ShouldBe(0);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => UseTheShopAsync()));
        (await Admin.BackfillAsync(Sales)).ShouldBe(200)["rejected"].GetInt64().ShouldBe(0);
        var imported = await Shop.ScalarAsync<long>("SELECT min(id) FROM order_items WHERE sku = '71053'");
        (await Admin.PatchAsync($"/purchases/{imported}", new { product_id = await ProductAsync() })).ShouldBe(200);
        (await RunAsync()).ShouldBe(0);

        await Shop.ScalarAsync<long>("UPDATE products SET stock = stock + 1 WHERE id = (SELECT max(id) FROM products) RETURNING id");
        (await RunAsync()).ShouldBe(1);
    }

    /// <summary>Leaves something of every kind behind.</summary>
    private async Task UseTheShopAsync()
    {
        var buyer = await Shop.CustomerAsync();
        var (product, other) = (await ProductAsync(price: 2.5m, stock: 50), await ProductAsync(price: 0.99m, stock: 3));
        (await Admin.PatchAsync($"/products/{product}", new { stock = 60 })).ShouldBe(200);

        await buyer.PutInCartAsync(product, 3);
        (await buyer.PostAsync("/cart/checkout", new { shipping_address = Buying.Address() })).ShouldBe(201);
        await buyer.PutInCartAsync(other);

        await buyer.OrderAsync(product, 2);
        await AdvanceAsync(await buyer.OrderAsync(product, 2, "placed"), "cancelled");
        await AdvanceAsync(await buyer.OrderAsync(product), "cancelled");
        await AdvanceAsync(await buyer.OrderAsync(product, 4, "placed"), "paid", "shipped", "delivered");
        await AdvanceAsync(await buyer.OrderAsync(product, 5, "placed"), "paid", "cancelled");
        await AdvanceAsync(await buyer.OrderAsync(product, 6, "placed"), "paid", "refunded");

        await buyer.PayAsync(await buyer.PlaceAsync(product), "sandbox_declined");
        var part = await buyer.BuyAsync(product, 2);
        (await Admin.PostAsync($"/orders/{part}/refunds", new { amount = 1, reason = "late" })).ShouldBe(201);
        (await Admin.PostAsync($"/orders/{await buyer.BuyAsync(product)}/refunds", new { reason = "broken", restock = true })).ShouldBe(201);
        (await buyer.DeleteAsync($"/orders/{await buyer.BuyAsync(product)}")).ShouldBe(200);

        var review = (await buyer.PostAsync($"/products/{product}/reviews", new { rating = 4 })).ShouldBe(201);
        (await buyer.PatchAsync($"/reviews/{review.Id}", new { rating = 1 })).ShouldBe(200);
        var withdrawn = (await Admin.PostAsync($"/products/{product}/reviews", new { rating = 5 })).ShouldBe(201);
        (await Admin.DeleteAsync($"/reviews/{withdrawn.Id}")).Status.ShouldBeOneOf(200, 204);

        var purchase = (await Admin.PostAsync("/purchases", new { user_id = buyer.UserId, product_id = other, quantity = 5 })).ShouldBe(201);
        (await Admin.PatchAsync($"/purchases/{purchase.Id}", new { product_id = product })).ShouldBe(200);
        var gone = (await Admin.PostAsync("/purchases", new { user_id = buyer.UserId, product_id = other })).ShouldBe(201);
        (await Admin.DeleteAsync($"/purchases/{gone.Id}")).ShouldBe(200);
        (await Admin.DeleteAsync($"/products/{other}")).ShouldBe(204);
        (await buyer.DeleteAsync($"/users/{buyer.UserId}")).ShouldBe(200);
    }

    private async Task AdvanceAsync(Answer order, params string[] statuses)
    {
        foreach (var status in statuses)
        {
            (await Admin.PutAsync($"/orders/{order.Id}", new { status })).ShouldBe(200);
        }
    }

    private Task<int> RunAsync() => Verb.Find(["audit"])!.RunAsync(Shop.Services, ["audit"]);
}
