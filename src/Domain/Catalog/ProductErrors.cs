using Shop.Domain.Common;

namespace Shop.Domain.Catalog;

/// <summary>What products are refused for.</summary>
public static class ProductErrors
{
    /// <summary>No product of that id in the catalog.</summary>
    public static Error NotFound => new(ErrorKind.NotFound, "product_not_found", "There is no such product in the catalog.");

    /// <summary>The input refers to a product that does not exist.</summary>
    public static Error Unknown => Error.InvalidField("product_id", "product_unknown", "There is no product of this id in the catalog.");

    /// <summary>The input refers to products that do not exist.</summary>
    /// <param name="productIds">The products in question.</param>
    public static Error UnknownAmong(IEnumerable<long> productIds) =>
        Error.InvalidField("product_id", "product_unknown", $"Not in the catalog: product {string.Join(", ", productIds)}.");

    /// <summary>It can't hold that many units.</summary>
    public static Error TooMuchStock =>
        new(ErrorKind.Conflict, "stock_full", $"A product's stock is at most {Product.MaxStock}; count it again first.");

    /// <summary>It is somebody else's listing.</summary>
    public static Error NotYours => new(ErrorKind.Forbidden, "product_not_yours", "Only its seller or an admin may change a product.");

    /// <summary>Another product in the catalog has this SKU.</summary>
    public static Error SkuTaken => new(ErrorKind.Conflict, "sku_taken", "Another product has this SKU; choose another.");

    /// <summary>Not enough units for an order.</summary>
    /// <param name="shortages">The products in question, and what is left of each.</param>
    public static Error InsufficientStock(IReadOnlyList<StockShortage> shortages) =>
        new(
            ErrorKind.Conflict,
            "insufficient_stock",
            "Not enough in stock: " + string.Join(", ", shortages.Select(each => $"{each.Name} (product {each.ProductId}): {each.Available} left of {each.Requested} asked")) + ". Order less.")
        {
            Facts = new Dictionary<string, object> { ["products"] = shortages },
        };

    /// <summary>What an order is refused for by <see cref="InsufficientStock"/>; nothing for any other refusal.</summary>
    /// <param name="error">The refusal.</param>
    public static IReadOnlyList<StockShortage> ShortagesOf(Error error) =>
        error.Facts?.GetValueOrDefault("products") as IReadOnlyList<StockShortage> ?? [];

    /// <summary>Products of an order that left the catalog.</summary>
    /// <param name="productIds">The products in question.</param>
    public static Error Unavailable(IReadOnlyList<long> productIds) =>
        new(ErrorKind.Conflict, "product_unavailable", $"No longer in the catalog: product {string.Join(", ", productIds)}. Take it out of the order.")
        {
            Facts = new Dictionary<string, object> { ["product_ids"] = productIds },
        };
}

/// <summary>A product of which an order asks more than there is.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="Name">Its name.</param>
/// <param name="Requested">Units asked for.</param>
/// <param name="Available">Units left.</param>
public sealed record StockShortage(long ProductId, string Name, int Requested, int Available);
