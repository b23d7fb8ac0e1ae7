using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Payments;

/// <summary>What paying and giving back leave behind for those who look: members, versions, history, events.</summary>
public sealed class PaymentTracesTests : ShopTest
{
    [Test]
    public async Task Answers_have_the_members_that_are_promised_and_no_others()
    {
        var buyer = await Shop.CustomerAsync();
        var order = await buyer.PlaceAsync(await ProductAsync());

        var paid = (await buyer.PayAsync(order)).ShouldBe(201);
        var refund = (await Admin.PostAsync($"/orders/{order}/refunds", new { reason = "x" })).ShouldBe(201);

        Members(paid).ShouldBe(["id", "order_id", "status", "amount", "provider", "provider_reference", "created_at"]);
        Members(refund).ShouldBe(["id", "order_id", "payment_id", "amount", "reason", "status", "created_at"]);
    }

    [Test]
    public async Task A_paid_order_has_a_new_version_and_a_declined_one_its_old()
    {
        var buyer = await Shop.CustomerAsync();
        var order = await buyer.PlaceAsync(await ProductAsync());
        var placed = (await buyer.GetAsync($"/orders/{order}")).ETag;
        (await buyer.PayAsync(order, "sandbox_declined")).ShouldBe(402);
        (await buyer.GetAsync($"/orders/{order}")).ETag.ShouldBe(placed);

        (await buyer.PayAsync(order)).ShouldBe(201);

        var paid = (await buyer.GetAsync($"/orders/{order}")).ETag;
        paid.ShouldNotBe(placed);
        (await buyer.DeleteAsync($"/orders/{order}", ("If-Match", placed))).ShouldBeProblem(412, "precondition_failed");
        (await buyer.DeleteAsync($"/orders/{order}", ("If-Match", paid))).ShouldBe(200);
    }

    [Test]
    public async Task History_and_events_tell_of_paying_and_giving_back_once()
    {
        var buyer = await Shop.CustomerAsync();
        var order = await buyer.BuyAsync(await ProductAsync(price: 10m));
        foreach (var amount in (decimal?[])[4m, 4m, null])
        {
            (await Admin.PostAsync($"/orders/{order}/refunds", new { amount, reason = "x" })).ShouldBe(201);
        }

        var changes = (await buyer.GetAsync($"/orders/{order}/history")).ShouldBe(200).Json.EnumerateArray().ToList();
        changes.Select(change => change.GetProperty("change").GetString()).ShouldBe(["refunded", "paid", "placed", "created"]);
        changes.Single(change => change.GetProperty("change").GetString() == "paid").GetProperty("user_id").GetInt64().ShouldBe(buyer.UserId);
        (await Shop.ScalarAsync<string>($"SELECT string_agg(type, ' ' ORDER BY sequence) FROM outbox WHERE aggregate_type = 'order' AND aggregate_id = {order}"))
            .ShouldBe("order.placed order.paid order.refunded");
    }

    private static IEnumerable<string> Members(Answer answer) => answer.Json.EnumerateObject().Select(member => member.Name);
}
