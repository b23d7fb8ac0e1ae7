namespace Shop.Domain.Common;

/// <summary>How many units a line or a request may name.</summary>
public static class Quantity
{
    /// <summary>The smallest quantity.</summary>
    public const int Min = 1;

    /// <summary>The largest quantity.</summary>
    public const int Max = 1_000_000;
}
