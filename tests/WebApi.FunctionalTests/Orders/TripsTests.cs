using Microsoft.Extensions.DependencyInjection;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Orders;

/// <summary>
/// How often a request waits for the database on the way from the cart to a paid order: what that takes is mostly this. Who adds a trip says here why.
/// </summary>
[PostgreSqlOnly("its driver sends many statements in one trip")]
public sealed class TripsTests : ShopTest
{
    private readonly Trips _trips = new();

    protected override Action<IServiceCollection> Services => _trips.AddTo;

    [OneTimeTearDown]
    public void StopCounting() => _trips.Dispose();

    [TestCase(1)]
    [TestCase(5)]
    public async Task From_cart_to_paid_order(int lines)
    {
        var buyer = await Shop.CustomerAsync();
        var products = await Task.WhenAll(Enumerable.Range(0, lines).Select(_ => ProductAsync()));
        (await buyer.PayAsync(await buyer.PlaceAsync(products[0]))).ShouldBe(201); // who has yet to compile what a payment takes looks after it once more

        foreach (var product in products)
        {
            await CountAsync(1, buyer, "/cart_items", new { product_id = product });
        }

        var order = await CountAsync(3, buyer, "/cart/checkout", new { shipping_address = Buying.Address() });
        await CountAsync(5, buyer, $"/orders/{order.Id}/payments", new { method = "sandbox_ok" });
    }

    [TestCase(1)]
    [TestCase(5)]
    public async Task An_order_placed_at_once(int lines)
    {
        var buyer = await Shop.CustomerAsync();
        var products = await Task.WhenAll(Enumerable.Range(0, lines).Select(_ => ProductAsync()));

        await CountAsync(2, buyer, "/orders", new { status = "placed", items = products.Select(product => new { product_id = product }) });
    }

    private async Task<Answer> CountAsync(int expected, Actor buyer, string path, object body)
    {
        Answer? answer = null;
        var trips = await _trips.OfAsync(async header => answer = await buyer.PostAsync(path, body, header));
        answer!.ShouldBe(201);
        trips.Count.ShouldBe(expected, $"{path}:\n{string.Join("\n--\n", trips)}");
        return answer!;
    }
}
