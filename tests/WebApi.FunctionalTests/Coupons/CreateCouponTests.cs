using System.Text.Json;
using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Coupons;

public sealed class CreateCouponTests : CouponTest
{
    [Test]
    public async Task An_admin_makes_a_coupon()
    {
        var code = NewCode();

        var made = (await Admin.PostAsync("/coupons", new
        {
            code = $"  {code} ",
            percent = 12.5,
            max_uses = 100,
            maxUsesPerUser = 2,
            min_subtotal = 50,
            starts_at = "2026-03-01T00:00:00+01:00",
            ends_at = "2027-03-01T00:00:00Z",
        })).ShouldBe(201);

        made.Header("Location").ShouldBe($"/coupons/{made.Id}");
        made.ETag.ShouldStartWith("\"1-");
        made.Json.EnumerateObject().Select(each => each.Name).ShouldBe(
        [
            "id", "code", "percent", "amount", "max_uses", "max_uses_per_user", "min_subtotal", "starts_at", "ends_at", "used", "created_at",
            "updated_at",
        ]);
        made.Text("code").ShouldBe(code);
        made.Amount("percent").ShouldBe(12.5m);
        made["amount"].ValueKind.ShouldBe(JsonValueKind.Null);
        (made["max_uses"].GetInt32(), made["max_uses_per_user"].GetInt32(), made["used"].GetInt32()).ShouldBe((100, 2, 0));
        made.Amount("min_subtotal").ShouldBe(50m);
        made.Text("starts_at").ShouldBe("2026-02-28T23:00:00Z");
        made.Text("ends_at").ShouldBe("2027-03-01T00:00:00Z");
        (await Admin.GetAsync($"/coupons/{made.Id}")).ShouldBe(200).Body.ShouldBe(made.Body);
    }

    [Test]
    public async Task An_amount_without_limits_is_enough()
    {
        var made = (await Admin.PostAsync("/coupons", new { code = NewCode(), amount = 5 })).ShouldBe(201);

        made.Amount("amount").ShouldBe(5m);
        foreach (var nothing in (string[])["percent", "max_uses", "max_uses_per_user", "min_subtotal", "starts_at", "ends_at"])
        {
            made[nothing].ValueKind.ShouldBe(JsonValueKind.Null, nothing);
        }
    }

    [TestCase("{\"percent\":10}", "code")]
    [TestCase("{\"code\":\"  \",\"percent\":10}", "code")]
    [TestCase("{\"code\":\"123456789012345678901234567890123456789012345678901\",\"percent\":10}", "code")]
    [TestCase("{\"code\":\"X\"}", "percent")]
    [TestCase("{\"code\":\"X\",\"percent\":10,\"amount\":5}", "amount")]
    [TestCase("{\"code\":\"X\",\"percent\":0}", "percent")]
    [TestCase("{\"code\":\"X\",\"percent\":-5}", "percent")]
    [TestCase("{\"code\":\"X\",\"percent\":100.01}", "percent")]
    [TestCase("{\"code\":\"X\",\"percent\":0.001}", "percent")]
    [TestCase("{\"code\":\"X\",\"percent\":\"10\"}", "percent")]
    [TestCase("{\"code\":\"X\",\"amount\":0}", "amount")]
    [TestCase("{\"code\":\"X\",\"amount\":-1}", "amount")]
    [TestCase("{\"code\":\"X\",\"amount\":1.001}", "amount")]
    [TestCase("{\"code\":\"X\",\"amount\":10000000000}", "amount")]
    [TestCase("{\"code\":\"X\",\"percent\":5,\"max_uses\":0}", "max_uses")]
    [TestCase("{\"code\":\"X\",\"percent\":5,\"max_uses\":1.5}", "max_uses")]
    [TestCase("{\"code\":\"X\",\"percent\":5,\"max_uses\":1000000001}", "max_uses")]
    [TestCase("{\"code\":\"X\",\"percent\":5,\"max_uses_per_user\":0}", "max_uses_per_user")]
    [TestCase("{\"code\":\"X\",\"percent\":5,\"min_subtotal\":-1}", "min_subtotal")]
    [TestCase("{\"code\":\"X\",\"percent\":5,\"starts_at\":\"soon\"}", "starts_at")]
    [TestCase("{\"code\":\"X\",\"percent\":5,\"starts_at\":\"2026-03-01T00:00:00Z\",\"ends_at\":\"2026-03-01T00:00:00Z\"}", "ends_at")]
    public async Task Bad_input_is_400_and_names_the_field(string body, string field)
    {
        var refused = (await Admin.PostAsync("/coupons", body)).ShouldBe(400);

        refused.ContentType.ShouldBe("application/problem+json");
        refused["errors"].TryGetProperty(field, out _).ShouldBeTrue(refused.Body);
    }

    [Test]
    public async Task A_code_is_taken_in_any_case()
    {
        var coupon = await CouponAsync();

        foreach (var code in (string[])[coupon.Text("code")!.ToUpperInvariant(), $" {coupon.Text("code")!.ToLowerInvariant()} "])
        {
            (await Admin.PostAsync("/coupons", new { code, percent = 5 })).ShouldBeProblem(409, "coupon_code_taken");
        }
    }

    [Test]
    public async Task A_code_made_many_times_at_once_is_made_once()
    {
        var code = NewCode();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Admin.PostAsync("/coupons", new { code, percent = 5 })));

        answers.Count(answer => answer.Status == 201).ShouldBe(1);
        answers.Where(answer => answer.Status != 201).ShouldAllBe(answer => answer.Status == 409 && answer.Code == "coupon_code_taken");
    }

    [Test]
    public async Task Only_admins_do()
    {
        (await Shop.Anonymous().PostAsync("/coupons", new { code = "X", percent = 5 })).ShouldBeProblem(401, "unauthenticated");
        (await (await Shop.CustomerAsync()).PostAsync("/coupons", new { code = "X", percent = 5 })).ShouldBe(403);
    }
}
