using System.Globalization;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Orders;

public sealed class ListOrdersTests : ShopTest
{
    [Test]
    public async Task Ones_own_orders_come_newest_first_page_by_page_with_their_lines()
    {
        var buyer = await Shop.CustomerAsync();
        var products = new[] { await ProductAsync(), await ProductAsync(), await ProductAsync() };
        var orders = new List<long>();
        for (var i = 0; i < 5; i++)
        {
            var items = products.Select(product => new { product_id = product, quantity = i + 1 });
            orders.Insert(0, (await buyer.PostAsync("/orders", new { items, status = i % 2 == 0 ? "active" : "placed" })).ShouldBe(201).Id);
        }

        var first = (await buyer.GetAsync("/orders?limit=2&count=true")).ShouldBe(200);
        var second = (await buyer.GetAsync($"/orders?limit=2&cursor={first.NextCursor}")).ShouldBe(200);
        var third = (await buyer.GetAsync($"/orders?limit=2&cursor={second.NextCursor}")).ShouldBe(200);

        first.Ids().Concat(second.Ids()).Concat(third.Ids()).ShouldBe(orders);
        first.Header("X-Total-Count").ShouldBe("5");
        third.NextCursor.ShouldBeNull();
        foreach (var order in first.Json.EnumerateArray())
        {
            (await buyer.GetAsync($"/orders/{order.GetProperty("id").GetInt64()}")).Body.ShouldBe(order.GetRawText());
            order.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("product_id").GetInt64()).ShouldBe(products);
        }
    }

    [Test]
    public async Task They_are_filtered_by_status_and_time()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync();
        var active = await buyer.OrderAsync(product);
        var placed = await buyer.OrderAsync(product, status: "placed");
        var middle = Uri.EscapeDataString(placed["created_at"].GetDateTimeOffset().ToString("O", CultureInfo.InvariantCulture));
        var elsewhere = Uri.EscapeDataString(
            placed["created_at"].GetDateTimeOffset().ToOffset(TimeSpan.FromHours(5)).ToString("O", CultureInfo.InvariantCulture));

        (await buyer.GetAsync("/orders?status=active")).ShouldBe(200).Ids().ShouldBe([active.Id]);
        (await buyer.GetAsync("/orders?status=placed")).ShouldBe(200).Ids().ShouldBe([placed.Id]);
        (await buyer.GetAsync("/orders?status=refunded")).ShouldBe(200).Ids().ShouldBeEmpty();
        (await buyer.GetAsync($"/orders?from={middle}")).ShouldBe(200).Ids().ShouldBe([placed.Id]);
        (await buyer.GetAsync($"/orders?from={elsewhere}")).ShouldBe(200).Ids().ShouldBe([placed.Id]);
        (await buyer.GetAsync($"/orders?to={middle}")).ShouldBe(200).Ids().ShouldBe([active.Id]);
        (await buyer.GetAsync("/orders?from=2020-01-01&to=2020-12-31")).ShouldBe(200).Ids().ShouldBeEmpty();
    }

    [Test]
    public async Task An_admin_sees_everybodys_and_a_customer_never_anothers()
    {
        var buyer = await Shop.CustomerAsync();
        var other = await Shop.CustomerAsync();
        var order = await buyer.OrderAsync(await ProductAsync());
        await other.OrderAsync(await ProductAsync());

        (await Admin.GetAsync("/orders?limit=100")).ShouldBe(200).Ids().ShouldContain(order.Id);
        (await Admin.GetAsync($"/orders?user_id={buyer.UserId}")).ShouldBe(200).Ids().ShouldBe([order.Id]);
        (await buyer.GetAsync($"/orders?user_id={buyer.UserId}")).ShouldBe(200).Ids().ShouldBe([order.Id]);
        (await other.GetAsync($"/orders?user_id={buyer.UserId}")).ShouldBe(200).Body.ShouldBe("[]");
    }

    [TestCase("status=lost", "status")]
    [TestCase("status=0", "status")]
    [TestCase("user_id=x", "user_id")]
    [TestCase("from=yesterday", "from")]
    [TestCase("to=13", "to")]
    [TestCase("limit=0", "limit")]
    [TestCase("cursor=forged", "cursor")]
    public async Task A_bad_filter_is_400(string query, string field) =>
        (await Admin.GetAsync($"/orders?{query}")).ShouldBeProblem(400, "validation_failed", field);

    [Test]
    public async Task Nobody_signed_in_is_401() => (await Shop.Anonymous().GetAsync("/orders")).ShouldBeProblem(401, "unauthenticated");
}
