namespace Shop.Domain.Common;

/// <summary>Splits money into parts that add up to the cent.</summary>
public static class Apportionment
{
    private const int CentsPerUnit = 100;

    /// <summary>
    /// Splits an amount in proportion to weights, by the method of the largest remainder (Hamilton): every part is the exact share rounded
    /// down or up to the cent, those up that lose most by rounding, of equals the first. No part exceeds its weight where the amount does
    /// not exceed their sum.
    /// </summary>
    /// <param name="amount">What is split.</param>
    /// <param name="weights">The weights; not all zero unless the amount is.</param>
    /// <returns>The parts, in the order of the weights.</returns>
    /// <exception cref="ArgumentException">There is something to split and nothing to split it by: a bug.</exception>
    public static IReadOnlyList<Money> Split(Money amount, IReadOnlyList<Money> weights)
    {
        var total = weights.Sum(weight => Cents(weight));
        if (total == 0)
        {
            return amount == Money.Zero
                ? [.. weights.Select(_ => Money.Zero)]
                : throw new ArgumentException("All weights are zero.", nameof(weights));
        }

        // The largest product is 10^24: beyond a long
        var shares = weights.Select(weight => Int128.DivRem((Int128)Cents(amount) * Cents(weight), total)).ToArray();
        var parts = shares.Select(share => (long)share.Quotient).ToArray();
        var left = (int)(Cents(amount) - parts.Sum());
        foreach (var index in Enumerable.Range(0, parts.Length).OrderByDescending(index => shares[index].Remainder).Take(left))
        {
            parts[index]++;
        }

        return [.. parts.Select(cents => Money.From((decimal)cents / CentsPerUnit))];
    }

    private static long Cents(Money money) => (long)(money.Amount * CentsPerUnit);
}
