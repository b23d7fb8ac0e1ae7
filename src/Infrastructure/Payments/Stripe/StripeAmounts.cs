using System.Collections.Frozen;
using Shop.Application.Abstractions;
using Shop.Domain.Common;

namespace Shop.Infrastructure.Payments.Stripe;

/// <summary>Money as Stripe counts it: whole numbers of a currency's smallest unit (<see href="https://docs.stripe.com/currencies"/>).</summary>
internal static class StripeAmounts
{
    /// <summary>Stripe's list; it differs from ISO 4217, which gives MGA two decimals.</summary>
    private static readonly FrozenSet<string> WithoutDecimals =
        "BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF UGX VND VUV XAF XOF XPF".Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>An amount in the smallest unit.</summary>
    /// <exception cref="PaymentProviderException">It has decimals that Stripe does not know in this currency.</exception>
    public static long ToSmallestUnit(Money money, string currency)
    {
        var units = money.Amount * UnitsOf(currency);
        return decimal.IsInteger(units)
            ? (long)units
            : throw new PaymentProviderException($"Stripe takes {currency} in whole units only; {money} was not asked for.");
    }

    /// <summary>Money, or null where the number is none.</summary>
    public static Money? FromSmallestUnit(long units, string currency)
    {
        var amount = (decimal)units / UnitsOf(currency);
        return Money.IsValid(amount) ? Money.From(amount) : null;
    }

    private static int UnitsOf(string currency) => WithoutDecimals.Contains(currency) ? 1 : 100;
}
