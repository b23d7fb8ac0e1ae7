using Shop.WebApi.FunctionalTests.Support;
using Shop.WebApi.Startup;

namespace Shop.WebApi.FunctionalTests.Audit;

/// <summary>The command, on a shop that is in use; alone in its shop, since it breaks it.</summary>
public sealed class AuditVerbTests : ShopTest
{
    [Test]
    public async Task Its_exit_code_is_0_for_books_in_order_and_1_for_broken_ones()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync(stock: 3);
        (await Admin.PatchAsync($"/products/{product}", new { stock = 4 })).ShouldBe(200);
        var purchase = (await Admin.PostAsync("/purchases", new { user_id = buyer.UserId, product_id = product, quantity = 5 })).ShouldBe(201);
        (await Admin.PatchAsync($"/purchases/{purchase.Id}", new { product_id = await ProductAsync() })).ShouldBe(200);
        (await RunAsync()).ShouldBe(0);

        await Shop.ScalarAsync<long>($"UPDATE products SET stock = stock + 1 WHERE id = {product} RETURNING id");
        (await RunAsync()).ShouldBe(1);
    }

    private Task<int> RunAsync() => Verb.Find(["audit"])!.RunAsync(Shop.Services, ["audit"]);
}
