using Shop.WebApi.FunctionalTests.Purchases;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Analytics;

/// <summary>Asks about the whole shop, so its one test is alone in it.</summary>
public sealed class MostValuableTests : PurchaseTest
{
    private const string Customer = "/purchases/analytic/most_valuable_customer";
    private const string Product = "/purchases/analytic/most_popular_product";

    [Test]
    public async Task The_first_of_all_is_found_whatever_comes_and_goes()
    {
        (await Admin.GetAsync(Customer)).ShouldBeProblem(404, "no_purchases");
        (await Admin.GetAsync(Product)).ShouldBeProblem(404, "no_purchases");
        var (anna, bert) = (await Shop.CustomerAsync(), await Shop.CustomerAsync());
        var (cheap, dear) = (await ProductAsync(price: 1, stock: 3), await ProductAsync(price: 10));
        (await Shop.Anonymous().GetAsync(Customer)).ShouldBeProblem(401, "unauthenticated");
        (await anna.GetAsync(Customer)).ShouldBeProblem(403, "admin_only");
        (await Shop.Anonymous().GetAsync(Product)).ShouldBeProblem(401, "unauthenticated");
        (await anna.GetAsync(Product)).ShouldBeProblem(403, "admin_only");

        await RecordAsync(bert, cheap, quantity: 20);
        await RecordAsync(anna, dear, quantity: 1);
        await RecordAsync(anna, dear, quantity: 1);

        await ShouldBeFirstAsync(anna, revenue: "20.00", orders: 2);
        await ShouldBeMostPopularAsync(cheap, unitsSold: 20);

        var more = await RecordAsync(bert, dear, quantity: 19);
        await ShouldBeFirstAsync(bert, revenue: "210.00", orders: 2);
        await ShouldBeMostPopularAsync(dear, unitsSold: 21);

        (await Admin.PatchAsync($"/purchases/{more.Id}", new { user_id = anna.UserId, product_id = cheap })).ShouldBe(200);
        await ShouldBeFirstAsync(anna, revenue: "210.00", orders: 3);
        await ShouldBeMostPopularAsync(cheap, unitsSold: 39);

        (await Admin.DeleteAsync($"/products/{cheap}")).ShouldBe(204);
        await ShouldBeMostPopularAsync(cheap, unitsSold: 39);

        (await anna.DeleteAsync($"/users/{anna.UserId}")).ShouldBe(200);
        await ShouldBeFirstAsync(bert, revenue: "20.00", orders: 1);

        await RecordAsync(await Shop.CustomerAsync(), dear, quantity: 2);
        await ShouldBeFirstAsync(bert, revenue: "20.00", orders: 1);
        await RecordAsync(await Shop.CustomerAsync(), dear, quantity: 35);
        await ShouldBeMostPopularAsync(cheap, unitsSold: 39);
    }

    private async Task ShouldBeFirstAsync(Actor customer, string revenue, int orders)
    {
        var answer = (await Admin.GetAsync(Customer)).ShouldBe(200);
        answer.Id.ShouldBe(customer.UserId, answer.Body);
        answer["username"].GetString().ShouldBe(customer.Username);
        answer["revenue"].GetRawText().ShouldBe(revenue);
        answer["orders"].GetInt32().ShouldBe(orders);
        answer["roles"].GetArrayLength().ShouldBe(0);
    }

    private async Task ShouldBeMostPopularAsync(long productId, long unitsSold)
    {
        var answer = (await Admin.GetAsync(Product)).ShouldBe(200);
        answer.Id.ShouldBe(productId, answer.Body);
        answer["units_sold"].GetInt64().ShouldBe(unitsSold);
        answer["sku"].GetString().ShouldNotBeNullOrEmpty();
        answer["price"].GetDecimal().ShouldBeGreaterThan(0);
    }
}
