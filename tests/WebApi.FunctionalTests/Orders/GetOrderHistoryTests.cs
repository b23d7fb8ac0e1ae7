using System.Text.Json;
using Shop.Infrastructure.Audit;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Orders;

public sealed class GetOrderHistoryTests : ShopTest
{
    [Test]
    public async Task It_tells_who_changed_what_newest_first()
    {
        var buyer = await Shop.CustomerAsync();
        var (lamp, desk) = (await ProductAsync(), await ProductAsync());
        var order = await buyer.OrderAsync(lamp);
        var path = $"/orders/{order.Id}";
        (await buyer.PostAsync($"{path}/products", new { product_id = desk, quantity = 2 })).ShouldBe(200);
        (await buyer.PostAsync($"{path}/products", new { product_id = lamp, quantity = 2 })).ShouldBe(200);
        (await buyer.PatchAsync($"{path}/products/{desk}", new { quantity = 5 })).ShouldBe(200);
        (await buyer.DeleteAsync($"{path}/products/{desk}")).ShouldBe(200);
        (await buyer.PostAsync($"{path}/checkout", new { shipping_address = Buying.Address() })).ShouldBe(200);
        (await buyer.PutAsync(path, new { shipping_address = Buying.Address("Graz") })).ShouldBe(200);
        (await buyer.PutAsync(path, new { shipping_address = Buying.Address("Graz") })).ShouldBe(200);
        (await Admin.PutAsync(path, new { status = "paid" })).ShouldBe(200);
        (await Admin.PutAsync(path, new { status = "shipped" })).ShouldBe(200);
        (await Admin.PutAsync(path, new { status = "delivered" })).ShouldBe(200);
        (await Admin.PutAsync(path, new { status = "refunded" })).ShouldBe(200);

        var history = (await buyer.GetAsync($"{path}/history")).ShouldBe(200);

        var admin = (await Admin.GetAsync("/users/me")).Id;
        history.Json[0].EnumerateObject().Select(property => property.Name).ShouldBe(["id", "at", "user_id", "change", "from", "to", "detail"]);
        Told(history).ShouldBe(
        [
            (admin, "refunded", "delivered", "refunded", null),
            (admin, "delivered", "shipped", "delivered", null),
            (admin, "shipped", "paid", "shipped", null),
            (admin, "paid", "placed", "paid", null),
            (buyer.UserId, "address_changed", null, null, null),
            (buyer.UserId, "placed", "active", "placed", null),
            (buyer.UserId, "address_changed", null, null, null),
            (buyer.UserId, "line_removed", "5", null, $"product {desk}"),
            (buyer.UserId, "line_changed", "2", "5", $"product {desk}"),
            (buyer.UserId, "line_changed", "1", "3", $"product {lamp}"),
            (buyer.UserId, "line_added", null, "2", $"product {desk}"),
            (buyer.UserId, "created", null, "active", null),
        ]);
        (await ShopAudit.RunAsync(Shop.Services, default)).Single(finding => finding.Name == "order_history").Holds.ShouldBeTrue();
    }

    [Test]
    public async Task What_is_placed_at_once_began_active_and_a_cancelled_one_says_why()
    {
        var buyer = await Shop.CustomerAsync();
        await buyer.PutInCartAsync(await ProductAsync());
        var id = (await buyer.PostAsync("/cart/checkout", new { shipping_address = Buying.Address() })).ShouldBe(201).Id;
        (await buyer.DeleteAsync($"/orders/{id}")).ShouldBe(200);

        Told(await buyer.GetAsync($"/orders/{id}/history")).ShouldBe(
        [
            (buyer.UserId, "cancelled", "placed", "cancelled", "customer"),
            (buyer.UserId, "placed", "active", "placed", null),
            (buyer.UserId, "created", null, "active", null),
        ]);
    }

    [Test]
    public async Task A_refused_change_leaves_no_entry()
    {
        var buyer = await Shop.CustomerAsync();
        var id = (await buyer.OrderAsync(await ProductAsync(stock: 1), 2)).Id;

        (await buyer.PutAsync($"/orders/{id}", new { status = "placed", shipping_address = Buying.Address() })).ShouldBeProblem(409, "insufficient_stock");

        Told(await buyer.GetAsync($"/orders/{id}/history")).ShouldHaveSingleItem().Change.ShouldBe("created");
    }

    [Test]
    public async Task It_is_read_page_by_page()
    {
        var product = await ProductAsync();
        var id = (await Admin.OrderAsync(product)).Id;
        for (var quantity = 2; quantity < 8; quantity++)
        {
            (await Admin.PatchAsync($"/orders/{id}/products/{product}", new { quantity })).ShouldBe(200);
        }

        var entries = await Walk.ToEndAsync(Admin, $"/orders/{id}/history", limit: 3);

        entries.Select(entry => entry.GetProperty("to").GetString()).ShouldBe(["7", "6", "5", "4", "3", "2", "active"]);
    }

    [Test]
    public async Task Somebody_elses_is_not_found()
    {
        var id = (await (await Shop.CustomerAsync()).OrderAsync(await ProductAsync())).Id;

        (await (await Shop.CustomerAsync()).GetAsync($"/orders/{id}/history")).ShouldBeProblem(404, "order_not_found");
        (await Shop.Anonymous().GetAsync($"/orders/{id}/history")).ShouldBeProblem(401, "unauthenticated");
        (await Admin.GetAsync("/orders/999999999/history")).ShouldBeProblem(404, "order_not_found");
    }

    [Test]
    public async Task Changed_by_many_at_once_every_change_that_was_made_has_its_entry()
    {
        var product = await ProductAsync();
        var id = (await Admin.OrderAsync(product)).Id;

        var answers = await AtOnce.AllAsync(
            Enumerable.Range(0, 8).Select<int, Func<Task<Answer>>>(_ => () => Admin.PostAsync($"/orders/{id}/products", new { product_id = product })));

        answers.ShouldAllBe(answer => answer.Status == 200);
        Told(await Admin.GetAsync($"/orders/{id}/history")).Where(entry => entry.Change == "line_changed").Select(entry => (entry.From, entry.To)).Reverse()
            .ShouldBe(Enumerable.Range(1, 8).Select(units => ((string?)$"{units}", (string?)$"{units + 1}")));
    }

    [Test]
    public async Task Who_is_erased_stays_in_it_as_an_id_and_their_active_order_says_why_it_ended()
    {
        var buyer = await Shop.CustomerAsync();
        var active = (await buyer.OrderAsync(await ProductAsync())).Id;
        (await buyer.DeleteAsync($"/users/{buyer.UserId}")).ShouldBe(200);

        Told(await Admin.GetAsync($"/orders/{active}/history")).ShouldBe(
        [
            (buyer.UserId, "cancelled", "active", "cancelled", "user_erased"),
            (buyer.UserId, "created", null, "active", null),
        ]);
    }

    [Test]
    public async Task A_recorded_sale_begins_paid_and_imported_history_has_none()
    {
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync();
        var purchase = (await Admin.PostAsync("/purchases", new { user_id = buyer.UserId, product_id = product })).ShouldBe(201);
        var other = await Shop.CustomerAsync();
        (await Admin.PatchAsync($"/purchases/{purchase.Id}", new { user_id = other.UserId })).ShouldBe(200);
        var admin = (await Admin.GetAsync("/users/me")).Id;

        Told(await Admin.GetAsync($"/orders/{purchase["order_id"]}/history")).ShouldBe(
        [
            (admin, "buyer_changed", $"{buyer.UserId}", $"{other.UserId}", null),
            (admin, "created", null, "paid", null),
        ]);

        var invoice = $"H{Guid.NewGuid():N}"[..12];
        (await Admin.BackfillAsync(Csv.File(Csv.Sales, $"{invoice},H1,Thing,1,2011-01-01 10:00,2.50,12345,France"))).ShouldBe(200);
        var imported = await Shop.ScalarAsync<long>($"SELECT id FROM orders WHERE invoice_no = '{invoice}'");
        (await Admin.GetAsync($"/orders/{imported}/history")).ShouldBe(200).Body.ShouldBe("[]");
    }

    private static IReadOnlyList<(long? UserId, string? Change, string? From, string? To, string? Detail)> Told(Answer history) =>
    [
        .. history.Json.EnumerateArray().Select(entry => (
            entry.GetProperty("user_id").ValueKind == JsonValueKind.Null ? (long?)null : entry.GetProperty("user_id").GetInt64(),
            entry.GetProperty("change").GetString(),
            entry.GetProperty("from").GetString(),
            entry.GetProperty("to").GetString(),
            entry.GetProperty("detail").GetString())),
    ];
}
