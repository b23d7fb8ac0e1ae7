using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Carts;

public sealed class CartItemsTests : ShopTest
{
    [Test]
    public async Task Lines_are_listed_newest_first_page_by_page()
    {
        var buyer = await Shop.CustomerAsync();
        var lines = new List<long>();
        for (var i = 0; i < 5; i++)
        {
            lines.Insert(0, (await buyer.PutInCartAsync(await ProductAsync())).Id);
        }

        var first = (await buyer.GetAsync("/cart_items?limit=3&count=true")).ShouldBe(200);
        var second = (await buyer.GetAsync($"/cart_items?limit=3&cursor={first.NextCursor}")).ShouldBe(200);

        first.Header("X-Total-Count").ShouldBe("5");
        first.Header("Link").ShouldNotBeNull();
        first.Ids().Concat(second.Ids()).ShouldBe(lines);
        second.NextCursor.ShouldBeNull();
    }

    [Test]
    public async Task Nobodys_list_is_empty()
    {
        var answer = (await Shop.Anonymous().GetAsync("/cart_items?count=true")).ShouldBe(200);

        answer.Body.ShouldBe("[]");
        answer.Header("X-Total-Count").ShouldBe("0");
    }

    [TestCase("limit=0", "limit")]
    [TestCase("limit=101", "limit")]
    [TestCase("limit=x", "limit")]
    public async Task A_bad_page_is_400(string query, string field) =>
        (await Shop.Anonymous().GetAsync($"/cart_items?{query}")).ShouldBeProblem(400, "validation_failed", field);

    [Test]
    public async Task A_forged_cursor_is_400()
    {
        var buyer = await Shop.CustomerAsync();

        (await buyer.GetAsync("/cart_items?cursor=forged")).ShouldBeProblem(400, "validation_failed", "cursor");
    }

    [Test]
    public async Task A_quantity_is_changed()
    {
        var guest = Shop.Anonymous();
        var line = await guest.PutInCartAsync(await ProductAsync(price: 3m), 2);

        var changed = (await guest.PatchAsync($"/cart_items/{line.Id}", new { quantity = 7 })).ShouldBe(200);

        changed.Id.ShouldBe(line.Id);
        changed["quantity"].GetInt32().ShouldBe(7);
        changed.Amount("line_total").ShouldBe(21m);
    }

    [TestCase("{}")]
    [TestCase("{\"quantity\":null}")]
    [TestCase("{\"quantity\":0}")]
    [TestCase("{\"quantity\":1000001}")]
    [TestCase("{\"quantity\":\"2\"}")]
    public async Task A_bad_quantity_is_400(string body)
    {
        var guest = Shop.Anonymous();
        var line = await guest.PutInCartAsync(await ProductAsync());

        (await guest.PatchAsync($"/cart_items/{line.Id}", body)).ShouldBeProblem(400, "validation_failed", "quantity");
    }

    [Test]
    public async Task A_line_is_taken_out_once()
    {
        var buyer = await Shop.CustomerAsync();
        var kept = await buyer.PutInCartAsync(await ProductAsync());
        var line = await buyer.PutInCartAsync(await ProductAsync());

        (await buyer.DeleteAsync($"/cart_items/{line.Id}")).ShouldBe(204).Body.ShouldBeEmpty();

        (await buyer.DeleteAsync($"/cart_items/{line.Id}")).ShouldBeProblem(404, "cart_item_not_found");
        (await buyer.GetAsync("/cart_items")).Ids().ShouldBe([kept.Id]);
    }

    [Test]
    public async Task All_lines_are_taken_out_as_often_as_one_likes()
    {
        var guest = Shop.Anonymous();
        (await guest.DeleteAsync("/cart_items")).ShouldBe(204);
        for (var line = 0; line < 6; line++) // more than one statement removes
        {
            await guest.PutInCartAsync(await ProductAsync());
        }

        (await guest.DeleteAsync("/cart_items")).ShouldBe(204);
        (await guest.GetAsync("/cart_items")).Body.ShouldBe("[]");
        (await guest.DeleteAsync("/cart_items")).ShouldBe(204);

        (await guest.GetAsync("/cart_items")).Body.ShouldBe("[]");
        (await guest.PostAsync("/cart_items", new { product_id = await ProductAsync() })).ShouldBe(201)
            .Header("X-Cart-Token").ShouldBeNull("the cart is still there");
    }

    [Test]
    public async Task Somebody_elses_line_is_not_found()
    {
        var owner = await Shop.CustomerAsync();
        var line = await owner.PutInCartAsync(await ProductAsync());
        var guest = Shop.Anonymous();
        await guest.PutInCartAsync(await ProductAsync());

        foreach (var other in (Actor[])[guest, Shop.Anonymous(), await Shop.CustomerAsync(), Admin])
        {
            (await other.PatchAsync($"/cart_items/{line.Id}", new { quantity = 9 })).ShouldBeProblem(404, "cart_item_not_found");
            (await other.DeleteAsync($"/cart_items/{line.Id}")).ShouldBeProblem(404, "cart_item_not_found");
        }

        (await owner.GetAsync("/cart_items")).Json[0].GetProperty("quantity").GetInt32().ShouldBe(1);
    }

    [Test]
    public async Task Changes_and_removals_at_once_end_in_one_of_them()
    {
        var buyer = await Shop.CustomerAsync();
        var line = await buyer.PutInCartAsync(await ProductAsync());

        var answers = await Task.WhenAll(Enumerable.Range(1, 12).Select(i => i % 4 == 0
            ? buyer.DeleteAsync($"/cart_items/{line.Id}")
            : buyer.PatchAsync($"/cart_items/{line.Id}", new { quantity = i })));

        answers.ShouldAllBe(answer => answer.Status == 200 || answer.Status == 204 || answer.Status == 404);
        answers.Count(answer => answer.Status == 204).ShouldBe(1);
        (await buyer.GetAsync("/cart_items")).Body.ShouldBe("[]");
    }
}
