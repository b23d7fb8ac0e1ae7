using FsCheck;
using FsCheck.Fluent;
using Shop.Domain.Common;

namespace Shop.Domain.UnitTests.Common;

public sealed class MoneyTests
{
    [TestCase("0")]
    [TestCase("0.01")]
    [TestCase("12.5")]
    [TestCase("12.500")]
    [TestCase("9999999999.99")]
    public void Up_to_two_decimals_and_ten_digits_are_money(string amount)
    {
        Money.IsValid(Parse(amount)).ShouldBeTrue();
        Money.From(Parse(amount)).Amount.ShouldBe(Parse(amount));
    }

    [TestCase("-0.01")]
    [TestCase("0.001")]
    [TestCase("12.345")]
    [TestCase("10000000000")]
    [TestCase("9999999999.991")]
    [TestCase("79228162514264337593543950335")]
    public void Negative_large_or_fine_grained_amounts_are_not(string amount)
    {
        Money.IsValid(Parse(amount)).ShouldBeFalse();
        Should.Throw<ArgumentOutOfRangeException>(() => Money.From(Parse(amount)));
    }

    [Test]
    public void Whole_cents_within_the_range_are_always_money_and_half_cents_never() =>
        Prop.ForAll(ArbMap.Default.ArbFor<long>(), number =>
        {
            var cents = Math.Abs(number % 999_999_999_999);
            return Money.IsValid(cents / 100m) && !Money.IsValid((cents + 0.5m) / 100m);
        }).QuickCheckThrowOnFailure();

    [Test]
    public void Money_compares_by_amount_and_is_written_with_two_decimals()
    {
        var (less, more) = (Money.From(1.5m), Money.From(2));

        (less < more && less <= more && more > less && more >= less).ShouldBeTrue();
        less.CompareTo(more).ShouldBeNegative();
        Money.From(1.50m).ShouldBe(less);
        default(Money).ShouldBe(Money.Zero);
        less.ToString().ShouldBe("1.50");
    }

    private static decimal Parse(string amount) => decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture);
}
