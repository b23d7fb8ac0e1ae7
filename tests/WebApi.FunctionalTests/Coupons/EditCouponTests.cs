using System.Text.Json;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Coupons;

public sealed class EditCouponTests : CouponTest
{
    [Test]
    public async Task A_patch_changes_what_it_gives_and_null_takes_a_limit_away()
    {
        var coupon = await CouponAsync(percent: 10, maxUses: 5, minSubtotal: 20);

        var changed = (await Admin.PatchAsync($"/coupons/{coupon.Id}", "{\"max_uses\":7,\"min_subtotal\":null}")).ShouldBe(200);

        changed.Text("code").ShouldBe(coupon.Text("code"));
        changed.Amount("percent").ShouldBe(10m);
        changed["max_uses"].GetInt32().ShouldBe(7);
        changed["min_subtotal"].ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Test]
    public async Task An_amount_takes_the_place_of_a_percentage_and_the_other_way_round()
    {
        var id = (await CouponAsync(percent: 10)).Id;

        (await Admin.PatchAsync($"/coupons/{id}", new { amount = 5 })).ShouldBe(200)["percent"].ValueKind.ShouldBe(JsonValueKind.Null);
        (await Admin.PatchAsync($"/coupons/{id}", "{\"percent\":20,\"amount\":null}")).ShouldBe(200).Amount("percent").ShouldBe(20m);
        (await Admin.PatchAsync($"/coupons/{id}", "{\"amount\":null}")).ShouldBe(200).Amount("percent").ShouldBe(20m);
        (await Admin.PatchAsync($"/coupons/{id}", "{\"percent\":null}")).ShouldBeProblem(400, "coupon_percent_or_amount", "amount");
        (await Admin.PatchAsync($"/coupons/{id}", new { percent = 5, amount = 5 })).ShouldBeProblem(400, "coupon_percent_or_amount", "percent");
    }

    [Test]
    public async Task A_put_replaces_it()
    {
        var coupon = await CouponAsync(percent: 10, maxUses: 5, maxUsesPerUser: 1, minSubtotal: 20, endsAt: DateTimeOffset.UtcNow.AddDays(1));
        var code = NewCode();

        var replaced = (await Admin.PutAsync($"/coupons/{coupon.Id}", new { code, amount = 3 })).ShouldBe(200);

        replaced.Text("code").ShouldBe(code);
        replaced.Amount("amount").ShouldBe(3m);
        foreach (var nothing in (string[])["percent", "max_uses", "max_uses_per_user", "min_subtotal", "starts_at", "ends_at"])
        {
            replaced[nothing].ValueKind.ShouldBe(JsonValueKind.Null, nothing);
        }
    }

    [TestCase("{\"code\":null}", "code")]
    [TestCase("{\"code\":\" \"}", "code")]
    [TestCase("{\"percent\":101}", "percent")]
    [TestCase("{\"amount\":0}", "amount")]
    [TestCase("{\"max_uses\":0}", "max_uses")]
    [TestCase("{\"min_subtotal\":1.234}", "min_subtotal")]
    [TestCase("{\"starts_at\":\"2999-01-01T00:00:00Z\",\"ends_at\":\"2026-01-01T00:00:00Z\"}", "ends_at")]
    public async Task A_bad_patch_is_400_and_names_the_field(string body, string field)
    {
        var refused = (await Admin.PatchAsync($"/coupons/{(await CouponAsync()).Id}", body)).ShouldBe(400);

        refused["errors"].TryGetProperty(field, out _).ShouldBeTrue(refused.Body);
    }

    [Test]
    public async Task A_put_needs_what_a_new_one_needs()
    {
        var id = (await CouponAsync()).Id;

        (await Admin.PutAsync($"/coupons/{id}", "{\"percent\":5}")).ShouldBeProblem(400, "validation_failed", "code");
        (await Admin.PutAsync($"/coupons/{id}", "{\"code\":\"X\"}")).ShouldBeProblem(400, "coupon_percent_or_amount", "percent");
    }

    [Test]
    public async Task Another_coupons_code_is_taken()
    {
        var (taken, id) = ((await CouponAsync()).Text("code"), (await CouponAsync()).Id);

        (await Admin.PatchAsync($"/coupons/{id}", new { code = taken!.ToUpperInvariant() })).ShouldBeProblem(409, "coupon_code_taken");
        (await Admin.PutAsync($"/coupons/{id}", new { code = taken, percent = 5 })).ShouldBeProblem(409, "coupon_code_taken");
    }

    [Test]
    public async Task A_stale_version_is_412_and_a_use_makes_none_stale()
    {
        var coupon = await CouponAsync(maxUses: 5);
        (await CheckOutAsync(await BuyerAsync(), coupon.Text("code"))).ShouldBe(201);

        (await Admin.PatchAsync($"/coupons/{coupon.Id}", new { max_uses = 6 }, ("If-Match", coupon.ETag))).ShouldBe(200);

        (await Admin.PatchAsync($"/coupons/{coupon.Id}", new { max_uses = 7 }, ("If-Match", coupon.ETag))).ShouldBeProblem(412, "precondition_failed");
        (await Admin.PutAsync($"/coupons/{coupon.Id}", new { code = "X", percent = 5 }, ("If-Match", coupon.ETag))).ShouldBeProblem(412, "precondition_failed");
        (await Admin.DeleteAsync($"/coupons/{coupon.Id}", ("If-Match", coupon.ETag))).ShouldBeProblem(412, "precondition_failed");
        (await Admin.GetAsync($"/coupons/{coupon.Id}"))["max_uses"].GetInt32().ShouldBe(6);
    }

    [Test]
    public async Task A_limit_does_not_go_below_what_is_used()
    {
        var coupon = await CouponAsync();
        var buyer = await BuyerAsync();
        (await CheckOutAsync(buyer, coupon.Text("code"))).ShouldBe(201);
        await buyer.PutInCartAsync(await ProductAsync());
        (await CheckOutAsync(buyer, coupon.Text("code"))).ShouldBe(201);

        (await Admin.PatchAsync($"/coupons/{coupon.Id}", new { max_uses = 1 })).ShouldBeProblem(409, "coupon_limit_too_low")["used"].GetInt32().ShouldBe(2);
        (await Admin.PatchAsync($"/coupons/{coupon.Id}", new { max_uses_per_user = 1 })).ShouldBeProblem(409, "coupon_limit_too_low");
        (await Admin.PatchAsync($"/coupons/{coupon.Id}", new { max_uses = 2, max_uses_per_user = 2 })).ShouldBe(200);

        await ShouldPassTheAuditAsync();
    }

    [Test]
    public async Task Limits_set_while_it_is_used_are_kept_or_refused()
    {
        for (var round = 0; round < Rounds.Of(2); round++)
        {
            var coupon = await CouponAsync();
            var buyers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => BuyerAsync()));

            var buying = Task.WhenAll(buyers.Select(buyer => CheckOutAsync(buyer, coupon.Text("code"))));
            var limiting = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Admin.PatchAsync($"/coupons/{coupon.Id}", new { max_uses = 3 })));

            (await limiting).ShouldAllBe(answer => answer.Status == 200 || answer.Code == "coupon_limit_too_low");
            var used = (await buying).Count(answer => answer.Status == 201);
            (await UsedAsync(coupon)).ShouldBe(used);
            await ShouldPassTheAuditAsync();
        }
    }

    [Test]
    public async Task A_deleted_coupon_is_gone_and_its_code_free_while_orders_keep_what_they_got()
    {
        var coupon = await CouponAsync(percent: 10, code: NewCode());
        var code = coupon.Text("code")!;
        var buyer = await BuyerAsync(price: 30m);
        var order = (await CheckOutAsync(buyer, code)).ShouldBe(201);

        (await Admin.DeleteAsync($"/coupons/{coupon.Id}")).ShouldBe(204);

        (await Admin.GetAsync($"/coupons/{coupon.Id}")).ShouldBeProblem(404, "coupon_not_found");
        (await Admin.PatchAsync($"/coupons/{coupon.Id}", new { percent = 5 })).ShouldBeProblem(404, "coupon_not_found");
        (await Admin.DeleteAsync($"/coupons/{coupon.Id}")).ShouldBeProblem(404, "coupon_not_found");
        (await CheckOutAsync(await BuyerAsync(), code)).ShouldBeProblem(409, "coupon_not_valid");
        (await buyer.GetAsync($"/orders/{order.Id}")).Body.ShouldBe(order.Body);
        await ShouldPassTheAuditAsync();

        var successor = await CouponAsync(amount: 1, code: code);
        (await CheckOutAsync(await BuyerAsync(), code)).ShouldBe(201).Amount("discount").ShouldBe(1m);
        (await buyer.DeleteAsync($"/orders/{order.Id}")).ShouldBe(200);
        (await UsedAsync(successor)).ShouldBe(1);
        await ShouldPassTheAuditAsync();
    }
}
