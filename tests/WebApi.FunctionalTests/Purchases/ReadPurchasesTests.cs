using System.Text.Json;

namespace Shop.WebApi.FunctionalTests.Purchases;

public sealed class ReadPurchasesTests : PurchaseTest
{
    [Test]
    public async Task A_purchase_is_its_buyers_and_the_admins_and_nobody_elses()
    {
        var (buyer, other) = (await Shop.CustomerAsync(), await Shop.CustomerAsync());
        var purchase = await RecordAsync(buyer, await ProductAsync());

        (await buyer.GetAsync($"/purchases/{purchase.Id}")).ShouldBe(200).Body.ShouldBe(purchase.Body);
        (await Admin.GetAsync($"/purchases/{purchase.Id}")).ShouldBe(200);
        (await other.GetAsync($"/purchases/{purchase.Id}")).ShouldBeProblem(404, "purchase_not_found");
        (await Shop.Anonymous().GetAsync($"/purchases/{purchase.Id}")).ShouldBeProblem(401, "unauthenticated");
        (await buyer.GetAsync("/purchases/999999999")).ShouldBeProblem(404, "purchase_not_found");
        (await buyer.GetAsync("/purchases/x")).ShouldBeProblem(404, "not_found");
    }

    [Test]
    public async Task A_users_purchases_come_newest_first_each_with_its_product()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync(price: 3);
        var history = await ImportAsync(buyer, await ProductAsync());
        var first = await RecordAsync(buyer, product);
        var second = await RecordAsync(buyer, product, quantity: 2);
        await RecordAsync(await Shop.CustomerAsync(), product);

        var list = (await buyer.GetAsync($"/purchases/user/{buyer.UserId}?count=true")).ShouldBe(200);

        list.Json.EnumerateArray().Select(each => each.GetProperty("id").GetInt64()).ShouldBe([second.Id, first.Id, history[0]]);
        list.Header("X-Total-Count").ShouldBe("3");
        var shown = list.Json[0];
        foreach (var member in second.Json.EnumerateObject())
        {
            shown.GetProperty(member.Name).GetRawText().ShouldBe(member.Value.GetRawText(), member.Name);
        }

        JsonElement.DeepEquals(shown.GetProperty("product"), (await buyer.GetAsync($"/products/{product}")).Json).ShouldBeTrue(list.Body);
        (await Admin.GetAsync($"/purchases/user/{buyer.UserId}?count=true")).ShouldBe(200).Body.ShouldBe(list.Body);
    }

    [Test]
    public async Task A_product_that_left_the_catalog_still_shows()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync();
        await RecordAsync(buyer, product);
        (await Admin.DeleteAsync($"/products/{product}")).ShouldBe(204);

        var list = (await buyer.GetAsync($"/purchases/user/{buyer.UserId}")).ShouldBe(200);

        list.Json[0].GetProperty("product").GetProperty("id").GetInt64().ShouldBe(product);
    }

    [Test]
    public async Task Pages_lead_through_the_whole_list()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync();
        for (var i = 0; i < 5; i++)
        {
            await RecordAsync(buyer, product);
        }

        var seen = new List<long>();
        for (var next = $"/purchases/user/{buyer.UserId}?limit=2"; next is not null;)
        {
            var page = (await buyer.GetAsync(next)).ShouldBe(200);
            seen.AddRange(page.Json.EnumerateArray().Select(each => each.GetProperty("id").GetInt64()));
            next = page.NextCursor is { } cursor ? $"/purchases/user/{buyer.UserId}?limit=2&cursor={Uri.EscapeDataString(cursor)}" : null;
        }

        seen.Count.ShouldBe(5);
        seen.ShouldBe(seen.Distinct().OrderDescending());
    }

    [Test]
    public async Task A_list_is_its_users_and_the_admins_and_nobody_elses()
    {
        var (buyer, other) = (await Shop.CustomerAsync(), await Shop.CustomerAsync());

        (await buyer.GetAsync($"/purchases/user/{buyer.UserId}")).ShouldBe(200).Body.ShouldBe("[]");
        (await other.GetAsync($"/purchases/user/{buyer.UserId}")).ShouldBeProblem(404, "user_not_found");
        (await Admin.GetAsync("/purchases/user/999999999")).ShouldBeProblem(404, "user_not_found");
        (await Shop.Anonymous().GetAsync($"/purchases/user/{buyer.UserId}")).ShouldBeProblem(401, "unauthenticated");
        (await buyer.GetAsync($"/purchases/user/{buyer.UserId}?limit=0")).ShouldBeProblem(400, "validation_failed", "limit");
    }
}
