using System.Text.Json.Serialization;
using Shop.Application.Common.Mapping;
using Shop.Domain.Carts;

namespace Shop.Application.Carts;

/// <summary>A line of a cart as its holder sees it, at today's price.</summary>
public sealed record CartItemAnswer
{
    /// <summary>The line's id.</summary>
    public required long Id { get; init; }

    /// <summary>What is to be bought.</summary>
    public required long ProductId { get; init; }

    /// <summary>The product's name.</summary>
    public required string Name { get; init; }

    /// <summary>Today's price of one unit.</summary>
    public required decimal UnitPrice { get; init; }

    /// <summary>Units.</summary>
    public required int Quantity { get; init; }

    /// <summary>Today's price of all units.</summary>
    public decimal LineTotal => UnitPrice * Quantity;

    /// <summary>The cart it lies in.</summary>
    [JsonIgnore]
    public long CartId { get; init; }

    /// <summary>The price when it was last put in.</summary>
    [JsonIgnore]
    public decimal AddedPrice { get; init; }

    /// <summary>Units that can be ordered now.</summary>
    [JsonIgnore]
    public int Stock { get; init; }

    /// <summary>Whether the product is still in the catalog.</summary>
    [JsonIgnore]
    public bool IsOnSale { get; init; }

    private sealed class Projection : AnswerProfile
    {
        public Projection() => CreateMap<CartItem, CartItemAnswer>().ConvertUsing(item => new CartItemAnswer
        {
            Id = item.Id,
            ProductId = item.ProductId,
            Name = item.Product!.Name,
            UnitPrice = item.Product.Price,
            Quantity = item.Quantity,
            CartId = item.CartId,
            AddedPrice = item.AddedPrice,
            Stock = item.Product.Stock,
            IsOnSale = item.Product.DeletedAt == null,
        });
    }
}
