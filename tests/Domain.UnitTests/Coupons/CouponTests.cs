using FsCheck;
using FsCheck.Fluent;
using Shop.Domain.Common;
using Shop.Domain.Coupons;

namespace Shop.Domain.UnitTests.Coupons;

public sealed class CouponTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 0, 0, TimeSpan.Zero);

    [Test]
    public void A_coupon_takes_a_percentage_or_an_amount()
    {
        Coupon.Create("X", new CouponTerms(), Now).Error!.Code.ShouldBe("coupon_percent_or_amount");
        Coupon.Create("X", new CouponTerms { Percent = 5, Amount = Money.From(5) }, Now).Error!.Fields!.Keys.ShouldBe(["percent", "amount"]);
        Coupon.Create("X", new CouponTerms { Percent = 5 }, Now).Value.Percent.ShouldBe(5);
        Coupon.Create("X", new CouponTerms { Amount = Money.From(5) }, Now).Value.Amount.ShouldBe(Money.From(5));
    }

    [Test]
    public void It_ends_after_it_starts()
    {
        Coupon.Create("X", new CouponTerms { Percent = 5, StartsAt = Now, EndsAt = Now }, Now).Error!.Fields!.Keys.ShouldBe(["ends_at"]);
        Coupon.Create("X", new CouponTerms { Percent = 5, StartsAt = Now, EndsAt = Now.AddTicks(1) }, Now).Error.ShouldBeNull();
        Coupon.Create("X", new CouponTerms { Percent = 5, EndsAt = Now }, Now).Error.ShouldBeNull();
    }

    [TestCase("10", "125", "12.50")]
    [TestCase("10", "0.05", "0.01", Description = "half a cent, away from zero")]
    [TestCase("10", "0.04", "0.00")]
    [TestCase("33.33", "10", "3.33")]
    [TestCase("0.01", "1", "0.00")]
    [TestCase("100", "9999999999.99", "9999999999.99")]
    public void A_percentage_is_rounded_half_away_from_zero_to_the_cent(string percent, string subtotal, string discount) =>
        Of(new() { Percent = Parse(percent) }).DiscountOn(Money.From(Parse(subtotal))).Value.ToString().ShouldBe(discount);

    [TestCase("5", "12", "5.00")]
    [TestCase("12", "12", "12.00")]
    [TestCase("20", "12", "12.00")]
    [TestCase("20", "0", "0.00")]
    public void An_amount_is_never_more_than_the_subtotal(string amount, string subtotal, string discount) =>
        Of(new() { Amount = Money.From(Parse(amount)) }).DiscountOn(Money.From(Parse(subtotal))).Value.ToString().ShouldBe(discount);

    [Test]
    public void Any_percentage_takes_between_nothing_and_all_and_is_within_half_a_cent() =>
        Prop.ForAll(
            Gen.Choose(1, 10_000).Select(hundredths => hundredths / 100m).ToArbitrary(),
            Gen.Choose(0, int.MaxValue).Select(cents => Money.From(cents / 100m)).ToArbitrary(),
            (percent, subtotal) =>
            {
                var discount = Of(new() { Percent = percent }).DiscountOn(subtotal).Value;
                return discount <= subtotal && decimal.Abs(discount - (subtotal * percent / 100)) <= 0.005m;
            }).QuickCheckThrowOnFailure();

    [Test]
    public void More_bought_is_never_less_taken_off() =>
        Prop.ForAll(
            Gen.Choose(1, 10_000).Select(hundredths => hundredths / 100m).ToArbitrary(),
            Gen.Choose(0, 10_000_000).Two().ToArbitrary(),
            (percent, cents) =>
            {
                var coupon = Of(new() { Percent = percent });
                var (less, more) = (int.Min(cents.Item1, cents.Item2), int.Max(cents.Item1, cents.Item2));
                return coupon.DiscountOn(Money.From(less / 100m)).Value <= coupon.DiscountOn(Money.From(more / 100m)).Value;
            }).QuickCheckThrowOnFailure();

    [Test]
    public void Below_its_smallest_subtotal_it_is_not_valid()
    {
        var coupon = Of(new() { Percent = 10, MinSubtotal = Money.From(50) });

        var refused = coupon.DiscountOn(Money.From(49.99m)).Error!;

        refused.Code.ShouldBe("coupon_not_valid");
        refused.Detail.ShouldContain("50.00");
        refused.Facts!["min_subtotal"].ShouldBe(50m);
        coupon.DiscountOn(Money.From(50)).Value.Amount.ShouldBe(5m);
    }

    [Test]
    public void It_says_why_it_can_not_be_used()
    {
        var coupon = Of(new() { Percent = 10, StartsAt = Now, EndsAt = Now.AddDays(1) });

        coupon.WhyNotUsable(Now.AddTicks(-1)).Detail.ShouldContain("yet");
        coupon.WhyNotUsable(Now.AddDays(1)).Detail.ShouldContain("ended");
        coupon.WhyNotUsable(Now).Detail.ShouldContain("used up");
    }

    [Test]
    public void A_limit_does_not_go_below_what_one_user_has_used()
    {
        var coupon = Of(new() { Percent = 10 });

        var refused = coupon.Edit("X", new() { Percent = 10, MaxUsesPerUser = 2 }, mostUsesByOneUser: 3, Now).Error!;

        refused.Code.ShouldBe("coupon_limit_too_low");
        refused.Detail.ShouldContain("max_uses_per_user");
        coupon.MaxUsesPerUser.ShouldBeNull();
        coupon.Edit("X", new() { Percent = 10, MaxUsesPerUser = 3 }, mostUsesByOneUser: 3, Now).Error.ShouldBeNull();
    }

    private static Coupon Of(CouponTerms terms) => Coupon.Create("X", terms, Now).Value;

    private static decimal Parse(string number) => decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture);
}
