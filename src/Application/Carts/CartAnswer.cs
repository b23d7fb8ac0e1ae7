using Shop.Application.Common;

namespace Shop.Application.Carts;

/// <summary>A cart as its holder sees it, at today's prices.</summary>
public sealed record CartAnswer
{
    /// <summary>The cart's id; null while it is empty.</summary>
    public long? Id => Items.Count == 0 ? null : Items[0].CartId;

    /// <summary>All lines, newest first.</summary>
    public required IReadOnlyList<CartItemAnswer> Items { get; init; }

    /// <summary>Sum of all lines that can be bought; a product that left the catalog does not count.</summary>
    public decimal Subtotal => Items.Where(item => item.IsOnSale).Sum(item => item.LineTotal);

    /// <summary>The shop's currency, ISO 4217.</summary>
    public string Currency { get; } = ShopCurrency.Code;

    /// <summary>What the buyer should know before checking out.</summary>
    public IReadOnlyList<CartWarning> Warnings => [.. Items.SelectMany(CartWarning.Of)];
}

/// <summary>Something about a line that the buyer should know before checking out.</summary>
public sealed record CartWarning
{
    /// <summary><c>price_changed</c>, <c>insufficient_stock</c> or <c>product_unavailable</c>.</summary>
    public required string Code { get; init; }

    /// <summary>The product in question.</summary>
    public required long ProductId { get; init; }

    /// <summary>One sentence for a person.</summary>
    public required string Message { get; init; }

    /// <summary>The price when it was last put in, where it has changed.</summary>
    public decimal? PreviousPrice { get; init; }

    /// <summary>Today's price, where it has changed.</summary>
    public decimal? Price { get; init; }

    /// <summary>Units that can be ordered now, where the line asks for more.</summary>
    public int? Available { get; init; }

    internal static IEnumerable<CartWarning> Of(CartItemAnswer item)
    {
        if (!item.IsOnSale)
        {
            yield return new()
            {
                Code = "product_unavailable",
                ProductId = item.ProductId,
                Message = $"{item.Name} is no longer on sale; take it out before you check out.",
            };
            yield break;
        }

        if (item.UnitPrice != item.AddedPrice)
        {
            yield return new()
            {
                Code = "price_changed",
                ProductId = item.ProductId,
                Message = FormattableString.Invariant($"The price of {item.Name} was {item.AddedPrice:0.00} and is {item.UnitPrice:0.00} now."),
                PreviousPrice = item.AddedPrice,
                Price = item.UnitPrice,
            };
        }

        if (item.Stock < item.Quantity)
        {
            yield return new()
            {
                Code = "insufficient_stock",
                ProductId = item.ProductId,
                Message = FormattableString.Invariant($"Only {item.Stock} of {item.Name} are left; order less."),
                Available = item.Stock,
            };
        }
    }
}
