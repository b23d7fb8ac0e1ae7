using Shop.WebApi.FunctionalTests.Support;

namespace Shop.WebApi.FunctionalTests.Coupons;

public sealed class ReadCouponsTests : CouponTest
{
    [Test]
    public async Task Coupons_are_listed_newest_first_page_by_page()
    {
        var made = new List<long>();
        for (var i = 0; i < 5; i++)
        {
            made.Insert(0, (await CouponAsync()).Id);
        }

        var listed = (await Walk.ToEndAsync(Admin, "/coupons", limit: 3)).Select(coupon => coupon.GetProperty("id").GetInt64());

        listed.Where(made.Contains).ShouldBe(made);
    }

    [Test]
    public async Task One_that_is_unchanged_is_not_sent_again()
    {
        var coupon = await CouponAsync();

        (await Admin.GetAsync($"/coupons/{coupon.Id}", ("If-None-Match", coupon.ETag))).ShouldBe(304);
        (await Admin.GetAsync("/coupons/999999999")).ShouldBeProblem(404, "coupon_not_found");
    }
}
