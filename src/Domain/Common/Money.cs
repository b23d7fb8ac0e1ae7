namespace Shop.Domain.Common;

/// <summary>An amount in the shop's one currency: 0.00 to 9,999,999,999.99, at most two decimals.</summary>
public readonly record struct Money : IComparable<Money>
{
    /// <summary>The largest amount: what <c>numeric(12,2)</c> holds.</summary>
    public const decimal MaxAmount = 9_999_999_999.99m;

    private Money(decimal amount) => Amount = amount;

    /// <summary>Nothing.</summary>
    public static Money Zero => default;

    /// <summary>The amount in the currency's main unit, such as euros.</summary>
    public decimal Amount { get; }

    /// <summary>Whether an amount can be money: not negative, not above <see cref="MaxAmount"/>, no more than two decimals.</summary>
    /// <param name="amount">The amount in question.</param>
    public static bool IsValid(decimal amount) =>
        amount is >= 0 and <= MaxAmount && decimal.Round(amount, 2, MidpointRounding.AwayFromZero) == amount;

    /// <summary>Money of a valid amount.</summary>
    /// <param name="amount">An amount for which <see cref="IsValid"/> holds.</param>
    /// <exception cref="ArgumentOutOfRangeException">The amount is no money: a bug, since input is validated before.</exception>
    public static Money From(decimal amount) =>
        IsValid(amount) ? new Money(amount) : throw new ArgumentOutOfRangeException(nameof(amount), amount, "Not an amount of money.");

    /// <summary>The amount, for arithmetic and queries.</summary>
    /// <param name="money">The money.</param>
    public static implicit operator decimal(Money money) => money.Amount;

    /// <inheritdoc />
    public int CompareTo(Money other) => Amount.CompareTo(other.Amount);

    /// <summary>Less.</summary>
    public static bool operator <(Money left, Money right) => left.Amount < right.Amount;

    /// <summary>More.</summary>
    public static bool operator >(Money left, Money right) => left.Amount > right.Amount;

    /// <summary>At most.</summary>
    public static bool operator <=(Money left, Money right) => left.Amount <= right.Amount;

    /// <summary>At least.</summary>
    public static bool operator >=(Money left, Money right) => left.Amount >= right.Amount;

    /// <inheritdoc />
    public override string ToString() => Amount.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture);
}
