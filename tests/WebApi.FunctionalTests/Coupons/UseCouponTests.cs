using System.Text.Json;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Coupons;

/// <summary>Coupons at the checkout of carts and orders, one buyer at a time.</summary>
public sealed class UseCouponTests : CouponTest
{
    [Test]
    public async Task A_percentage_is_taken_off_the_cart_and_spread_over_its_lines()
    {
        var coupon = await CouponAsync(percent: 10);
        var buyer = await Shop.CustomerAsync();
        foreach (var price in (decimal[])[3.33m, 3.33m, 3.34m])
        {
            await buyer.PutInCartAsync(await ProductAsync(price), 3);
        }

        var order = (await CheckOutAsync(buyer, $" {coupon.Text("code")!.ToUpperInvariant()} ", expectedTotal: 27m)).ShouldBe(201);

        order.Amount("subtotal").ShouldBe(30m);
        order.Amount("discount").ShouldBe(3m);
        order.Amount("total").ShouldBe(27m);
        order.Text("coupon").ShouldBe(coupon.Text("code"));
        (await buyer.GetAsync($"/orders/{order.Id}")).Body.ShouldBe(order.Body);
        (await Shop.ScalarAsync<decimal>($"SELECT sum(discount) FROM order_items WHERE order_id = {order.Id}")).ShouldBe(3m);
        (await UsedAsync(coupon)).ShouldBe(1);
        await ShouldPassTheAuditAsync();
    }

    [Test]
    public async Task An_amount_is_taken_off_an_active_order()
    {
        var coupon = await CouponAsync(amount: 5);
        var buyer = await Shop.CustomerAsync();
        var id = (await buyer.OrderAsync(await ProductAsync(price: 10m), 2)).Id;

        var placed = (await CheckOutAsync(buyer, id, coupon.Text("code"), expectedTotal: 15m)).ShouldBe(200);

        (placed.Amount("subtotal"), placed.Amount("discount"), placed.Amount("total")).ShouldBe((20m, 5m, 15m));
        placed.Text("coupon").ShouldBe(coupon.Text("code"));
    }

    [TestCase(100, null)]
    [TestCase(null, 500)]
    public async Task A_coupon_can_take_all_of_it(int? percent, int? amount)
    {
        var coupon = await CouponAsync(percent: percent, amount: amount);

        var order = (await CheckOutAsync(await BuyerAsync(price: 12.34m, quantity: 3), coupon.Text("code"), expectedTotal: 0)).ShouldBe(201);

        order.Amount("discount").ShouldBe(37.02m);
        order.Amount("total").ShouldBe(0m);
        await ShouldPassTheAuditAsync();
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("  ")]
    public async Task No_code_is_no_coupon(string? code)
    {
        var order = (await CheckOutAsync(await BuyerAsync(), code)).ShouldBe(201);

        order.Amount("discount").ShouldBe(0m);
        order["coupon"].ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Test]
    public async Task What_is_not_valid_is_refused_with_the_reason_and_nothing_changes()
    {
        var now = DateTimeOffset.UtcNow;
        var usedUp = await CouponAsync(maxUses: 1);
        (await CheckOutAsync(await BuyerAsync(), usedUp.Text("code"))).ShouldBe(201);
        var buyer = await BuyerAsync(price: 10m, quantity: 4);

        async Task RefusedAsync(string code, string why)
        {
            var refused = (await CheckOutAsync(buyer, code)).ShouldBeProblem(409, "coupon_not_valid");
            refused.Text("detail")!.ShouldContain(why);
        }

        await RefusedAsync("never-heard-of", "no coupon of this code");
        await RefusedAsync((await CouponAsync(startsAt: now.AddDays(1))).Text("code")!, "can't be used yet");
        await RefusedAsync((await CouponAsync(endsAt: now.AddSeconds(-1))).Text("code")!, "has ended");
        await RefusedAsync(usedUp.Text("code")!, "is used up");
        var dear = await CouponAsync(minSubtotal: 40.01m, maxUses: 1);
        await RefusedAsync(dear.Text("code")!, "at least 40.01");

        (await UsedAsync(dear)).ShouldBe(0);
        (await UsedAsync(usedUp)).ShouldBe(1);
        (await buyer.GetAsync("/cart")).List("items").Count.ShouldBe(1);
        (await buyer.GetAsync("/orders")).Body.ShouldBe("[]");
        await ShouldPassTheAuditAsync();
        (await CheckOutAsync(buyer, (await CouponAsync(minSubtotal: 40m, startsAt: now.AddDays(-1), endsAt: now.AddDays(1))).Text("code"))).ShouldBe(201);
    }

    [Test]
    public async Task The_refusal_says_the_smallest_subtotal_as_a_number_too() =>
        (await CheckOutAsync(await BuyerAsync(price: 10m), (await CouponAsync(minSubtotal: 25)).Text("code")))
            .ShouldBeProblem(409, "coupon_not_valid").Amount("min_subtotal").ShouldBe(25m);

    [Test]
    public async Task One_user_uses_it_as_often_as_they_may_and_another_does_too()
    {
        var coupon = await CouponAsync(maxUsesPerUser: 1);
        var (first, second) = (await BuyerAsync(), await BuyerAsync());
        (await CheckOutAsync(first, coupon.Text("code"))).ShouldBe(201);
        await first.PutInCartAsync(await ProductAsync());

        (await CheckOutAsync(first, coupon.Text("code"))).ShouldBeProblem(409, "coupon_not_valid").Text("detail")!.ShouldContain("one customer");

        (await CheckOutAsync(second, coupon.Text("code"))).ShouldBe(201);
        (await UsedAsync(coupon)).ShouldBe(2);
        await ShouldPassTheAuditAsync();
    }

    [Test]
    public async Task An_admin_who_checks_out_for_somebody_uses_their_use()
    {
        var coupon = await CouponAsync(maxUsesPerUser: 1);
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync();
        long[] orders = [(await buyer.OrderAsync(product)).Id, (await buyer.OrderAsync(product)).Id];

        (await CheckOutAsync(Admin, orders[0], coupon.Text("code"))).ShouldBe(200);

        (await CheckOutAsync(buyer, orders[1], coupon.Text("code"))).ShouldBeProblem(409, "coupon_not_valid");
    }

    [Test]
    public async Task A_use_is_given_back_when_the_order_ends_unpaid([Values] bool byStatus)
    {
        var coupon = await CouponAsync(maxUses: 1, maxUsesPerUser: 1);
        var buyer = await BuyerAsync();
        var order = (await CheckOutAsync(buyer, coupon.Text("code"))).ShouldBe(201);

        var cancelled = byStatus
            ? (await buyer.PutAsync($"/orders/{order.Id}", new { status = "cancelled" })).ShouldBe(200)
            : (await buyer.DeleteAsync($"/orders/{order.Id}")).ShouldBe(200);

        cancelled.Text("coupon").ShouldBe(coupon.Text("code"));
        cancelled.Amount("discount").ShouldBe(1m);
        (await UsedAsync(coupon)).ShouldBe(0);
        (await buyer.DeleteAsync($"/orders/{order.Id}")).ShouldBeProblem(409, "illegal_status_change");
        (await UsedAsync(coupon)).ShouldBe(0);
        await buyer.PutInCartAsync(await ProductAsync());
        (await CheckOutAsync(buyer, coupon.Text("code"))).ShouldBe(201);
        (await UsedAsync(coupon)).ShouldBe(1);
        await ShouldPassTheAuditAsync();
    }

    [TestCase("cancelled")]
    [TestCase("refunded")]
    public async Task A_paid_order_keeps_its_use_however_it_ends(string end)
    {
        var coupon = await CouponAsync(maxUses: 1);
        var order = (await CheckOutAsync(await BuyerAsync(), coupon.Text("code"))).ShouldBe(201);
        (await Admin.PutAsync($"/orders/{order.Id}", new { status = "paid" })).ShouldBe(200);

        (await Admin.PutAsync($"/orders/{order.Id}", new { status = end })).ShouldBe(200);

        (await UsedAsync(coupon)).ShouldBe(1);
        (await CheckOutAsync(await BuyerAsync(), coupon.Text("code"))).ShouldBeProblem(409, "coupon_not_valid");
        await ShouldPassTheAuditAsync();
    }

    [Test]
    public async Task Too_little_stock_leaves_the_coupon_as_it_was()
    {
        var coupon = await CouponAsync(maxUses: 1);
        var buyer = await Shop.CustomerAsync();
        await buyer.PutInCartAsync(await ProductAsync(stock: 1), 2);

        (await CheckOutAsync(buyer, coupon.Text("code"))).ShouldBeProblem(409, "insufficient_stock");

        (await UsedAsync(coupon)).ShouldBe(0);
        await ShouldPassTheAuditAsync();
    }

    [Test]
    public async Task A_price_or_a_promotion_that_changed_between_view_and_checkout_is_refused_with_the_new_total()
    {
        var coupon = await CouponAsync(percent: 50, maxUses: 1);
        var buyer = await Shop.CustomerAsync();
        var product = await ProductAsync(price: 10m, stock: 5);
        await buyer.PutInCartAsync(product, 2);

        (await Admin.PatchAsync($"/products/{product}", new { price = 12m })).ShouldBe(200);
        (await CheckOutAsync(buyer, coupon.Text("code"), expectedTotal: 10m)).ShouldBeProblem(409, "cart_changed").Amount("total").ShouldBe(12m);
        (await Admin.PatchAsync($"/coupons/{coupon.Id}", new { percent = 25m })).ShouldBe(200);
        (await CheckOutAsync(buyer, coupon.Text("code"), expectedTotal: 12m)).ShouldBeProblem(409, "cart_changed").Amount("total").ShouldBe(18m);

        (await UsedAsync(coupon)).ShouldBe(0);
        (await Shop.StockAsync(product)).ShouldBe(5);
        (await buyer.GetAsync("/orders")).Body.ShouldBe("[]");
        (await CheckOutAsync(buyer, coupon.Text("code"), expectedTotal: 18m)).ShouldBe(201).Amount("total").ShouldBe(18m);
    }

    [Test]
    public async Task Repeated_under_its_key_a_checkout_uses_the_coupon_once()
    {
        var coupon = await CouponAsync();
        var buyer = await BuyerAsync();
        var body = new { shipping_address = Buying.Address(), coupon = coupon.Text("code") };
        var key = ("Idempotency-Key", NewCode());

        var first = (await buyer.PostAsync("/cart/checkout", body, key)).ShouldBe(201);

        (await buyer.PostAsync("/cart/checkout", body, key)).ShouldBe(201).Body.ShouldBe(first.Body);
        (await UsedAsync(coupon)).ShouldBe(1);
    }

    [Test]
    public async Task An_erased_buyer_leaves_the_use_where_it_is()
    {
        var coupon = await CouponAsync();
        var buyer = await BuyerAsync();
        (await CheckOutAsync(buyer, coupon.Text("code"))).ShouldBe(201);

        (await buyer.DeleteAsync($"/users/{buyer.UserId}")).ShouldBe(200);

        (await UsedAsync(coupon)).ShouldBe(1);
        await ShouldPassTheAuditAsync();
    }
}
