using Shop.Domain.Catalog;
using Shop.Domain.Common;

namespace Shop.Domain.Carts;

/// <summary>A line of a cart.</summary>
public sealed class CartItem
{
    internal CartItem(long productId) => ProductId = productId;

    private CartItem()
    {
    }

    /// <summary>The key.</summary>
    public long Id { get; private set; }

    /// <summary>The cart it lies in.</summary>
    public long CartId { get; private set; }

    /// <summary>The cart it lies in.</summary>
    public Cart? Cart { get; private set; }

    /// <summary>What is to be bought.</summary>
    public long ProductId { get; private set; }

    /// <summary>What is to be bought.</summary>
    public Product? Product { get; private set; }

    /// <summary>Units.</summary>
    public int Quantity { get; private set; }

    /// <summary>The price when it was last put in; today's may be another.</summary>
    public Money AddedPrice { get; private set; }

    internal void Set(int quantity, Money price) => (Quantity, AddedPrice) = (quantity, price);
}
