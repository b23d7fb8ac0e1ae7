using Shop.Application.Common;
using Shop.Domain.Catalog;
using Shop.Domain.Common;

namespace Shop.Application.UnitTests.Common;

public sealed class ExpectedVersionTests
{
    private static readonly Product Current =
        Product.List("sku", new ProductDetails("name", null, Money.Zero, null, null), stock: 5, sellerId: null, DateTimeOffset.UnixEpoch);

    [Test]
    public void No_demand_and_any_version_are_met()
    {
        ExpectedVersion.Refusal(null, Current).ShouldBeNull();
        ExpectedVersion.Refusal(new ExpectedVersion(null), Current).ShouldBeNull();
        ExpectedVersion.Refusal(new ExpectedVersion(null), Current, setsStock: true).ShouldBeNull();
    }

    [TestCase("1.5", true)]
    [TestCase("1.4", true)]
    [TestCase("1", true)]
    [TestCase("2.5", false)]
    [TestCase("11.5", false)]
    [TestCase("", false)]
    public void The_version_counts_and_a_sale_does_not(string tag, bool met) =>
        (ExpectedVersion.Refusal(new ExpectedVersion([tag]), Current) is null).ShouldBe(met);

    [TestCase("1.5", true)]
    [TestCase("1.4", false)]
    [TestCase("1", false)]
    [TestCase("2.5", false)]
    public void Who_sets_the_stock_must_have_seen_it(string tag, bool met) =>
        (ExpectedVersion.Refusal(new ExpectedVersion([tag]), Current, setsStock: true) is null).ShouldBe(met);

    [Test]
    public void One_of_several_is_enough() => ExpectedVersion.Refusal(new ExpectedVersion(["9", "1.5"]), Current).ShouldBeNull();

    [Test]
    public void None_at_all_is_stale() => ExpectedVersion.Refusal(new ExpectedVersion([]), Current)!.Kind.ShouldBe(ErrorKind.Stale);

    [Test]
    public void A_refusal_says_what_to_do()
    {
        var refusal = ExpectedVersion.Refusal(new ExpectedVersion(["9"]), Current)!;

        refusal.Code.ShouldBe("precondition_failed");
        refusal.Detail.ShouldContain("read it again");
    }
}
