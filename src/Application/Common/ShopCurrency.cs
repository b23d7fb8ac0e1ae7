namespace Shop.Application.Common;

/// <summary>The shop's one currency.</summary>
public static class ShopCurrency
{
    /// <summary>ISO 4217 code of a currency with two decimals; set once at start from <c>Shop:Currency</c>.</summary>
    public static string Code { get; set; } = "EUR";
}
