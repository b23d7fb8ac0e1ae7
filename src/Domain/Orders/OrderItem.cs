using Shop.Domain.Catalog;
using Shop.Domain.Common;

namespace Shop.Domain.Orders;

/// <summary>A line of an order; once the order is paid, a purchase.</summary>
public sealed class OrderItem
{
    internal OrderItem(long productId, int quantity) => (ProductId, Quantity) = (productId, quantity);

    private OrderItem()
    {
    }

    /// <summary>The key.</summary>
    public long Id { get; private set; }

    /// <summary>The order it belongs to.</summary>
    public long OrderId { get; private set; }

    /// <summary>The order it belongs to.</summary>
    public Order? Order { get; private set; }

    /// <summary>What is bought.</summary>
    public long ProductId { get; private set; }

    /// <summary>What is bought, as it is today.</summary>
    public Product? Product { get; private set; }

    /// <summary>Units.</summary>
    public int Quantity { get; internal set; }

    /// <summary>The product's SKU when the order was placed; null while it is active.</summary>
    public string? Sku { get; private set; }

    /// <summary>The product's name when the order was placed; null while it is active.</summary>
    public string? Name { get; private set; }

    /// <summary>The price of one unit when the order was placed; null while it is active.</summary>
    public Money? UnitPrice { get; private set; }

    /// <summary>The price of all units when the order was placed; null while it is active.</summary>
    public Money? LineTotal { get; private set; }

    /// <summary>Its part of the order's discount: 0 to the line's total.</summary>
    public Money Discount { get; internal set; }

    /// <summary>Units of stock that this line took and has not given back.</summary>
    public int StockHeld { get; internal set; }

    /// <summary>Writes down what is bought and at which price: later edits of the product don't change the receipt.</summary>
    /// <returns>Refused when the line's total is more than money can be.</returns>
    internal Result Fix(ProductSnapshot product)
    {
        if (product.Price * Quantity > Money.MaxAmount)
        {
            return OrderErrors.TotalTooLarge;
        }

        (ProductId, Sku, Name, UnitPrice) = (product.Id, product.Sku, product.Name, product.Price);
        LineTotal = Money.From(product.Price * Quantity);
        return Result.Ok;
    }

    /// <summary>Replaces what was bought, at the same price.</summary>
    internal void Exchange(ProductSnapshot product) => (ProductId, Sku, Name) = (product.Id, product.Sku, product.Name);
}

/// <summary>A product as it is at one moment.</summary>
/// <param name="Id">The product.</param>
/// <param name="Sku">Its SKU.</param>
/// <param name="Name">Its name.</param>
/// <param name="Price">Its price.</param>
public sealed record ProductSnapshot(long Id, string Sku, string Name, Money Price);
