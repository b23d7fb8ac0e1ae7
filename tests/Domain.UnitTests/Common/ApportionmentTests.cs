using FsCheck;
using FsCheck.Fluent;
using Shop.Domain.Common;

namespace Shop.Domain.UnitTests.Common;

public sealed class ApportionmentTests
{
    /// <summary>Lines of an order in cents, small and large and free ones, and the share of their sum that is split, in millionths.</summary>
    private static readonly Arbitrary<(long[] Cents, int Share)> Splits = Gen.Zip(
            Gen.Frequency((5, Gen.Choose(0, 20)), (3, Gen.Choose(0, 100_000)), (1, Gen.Choose(0, int.MaxValue))).NonEmptyListOf(),
            Gen.OneOf(Gen.Constant(0), Gen.Constant(1_000_000), Gen.Choose(0, 1_000_000)))
        .Select(split => (split.Item1.Take(200).Select(cents => (long)cents).ToArray(), split.Item2))
        .ToArbitrary();

    [TestCase("10", new[] { "10", "10", "10" }, new[] { "3.34", "3.33", "3.33" })]
    [TestCase("0.01", new[] { "1", "2", "1" }, new[] { "0", "0.01", "0" })]
    [TestCase("0.02", new[] { "0.01", "0", "0.01" }, new[] { "0.01", "0", "0.01" })]
    [TestCase("5", new[] { "3", "7" }, new[] { "1.5", "3.5" })]
    [TestCase("0", new[] { "0", "0" }, new[] { "0", "0" })]
    [TestCase("9999999999.99", new[] { "9999999999.99", "0" }, new[] { "9999999999.99", "0" })]
    public void Cents_that_are_left_go_to_who_loses_most_by_rounding(string amount, string[] weights, string[] parts) =>
        Apportionment.Split(Parse(amount), [.. weights.Select(Parse)]).ShouldBe(parts.Select(Parse));

    [Test]
    public void Something_is_not_split_by_nothing() =>
        Should.Throw<ArgumentException>(() => Apportionment.Split(Parse("0.01"), [Money.Zero]));

    [Test]
    public void The_parts_add_up_to_the_cent() => Check((amount, _, parts) => parts.Sum(part => part.Amount) == amount);

    [Test]
    public void No_part_is_negative_or_more_than_its_weight() =>
        Check((_, weights, parts) => parts.Zip(weights).All(pair => pair.First >= Money.Zero && pair.First <= pair.Second));

    [Test]
    public void Every_part_is_less_than_a_cent_from_its_exact_share() =>
        Check((amount, weights, parts) =>
        {
            var total = weights.Sum(weight => weight.Amount);
            return total == 0 || parts.Zip(weights).All(pair => decimal.Abs((pair.First * total) - (amount * pair.Second)) < 0.01m * total);
        });

    [Test]
    public void Another_order_of_the_weights_gives_the_same_sum_and_the_same_parts_but_for_who_gets_the_cents_of_equal_remainders() =>
        Check((amount, weights, parts) =>
        {
            var reversed = Apportionment.Split(amount, [.. weights.Reverse()]).Reverse().ToList();
            return reversed.Sum(part => part.Amount) == amount
                && reversed.Zip(parts).All(pair => decimal.Abs(pair.First - pair.Second) <= 0.01m);
        });

    private static void Check(Func<Money, IReadOnlyList<Money>, IReadOnlyList<Money>, bool> holds) =>
        Prop.ForAll(Splits, split =>
        {
            Money[] weights = [.. split.Cents.Select(cents => Money.From(cents / 100m))];
            var amount = Money.From(decimal.Floor(split.Cents.Sum() * (split.Share / 1_000_000m)) / 100m);
            return holds(amount, weights, Apportionment.Split(amount, weights));
        }).QuickCheckThrowOnFailure();

    private static Money Parse(string amount) => Money.From(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture));
}
