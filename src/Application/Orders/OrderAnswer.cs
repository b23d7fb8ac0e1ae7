using System.Linq.Expressions;
using System.Text.Json.Serialization;
using Shop.Application.Common;
using Shop.Application.Common.Mapping;
using Shop.Domain.Orders;

namespace Shop.Application.Orders;

/// <summary>An order as its buyer and admins see it: at today's prices until it is placed, at the prices of that moment from then on.</summary>
public sealed record OrderAnswer : IVersioned
{
    /// <summary>The order's id.</summary>
    public required long Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Number { get; init; }

    /// <summary>Who buys.</summary>
    public required long UserId { get; init; }

    /// <summary>Where it stands.</summary>
    public required OrderStatus Status { get; init; }

    /// <summary>Why it was cancelled, or null.</summary>
    public required string? CancelReason { get; init; }

    /// <summary>The lines, in the order in which they were added.</summary>
    public required IReadOnlyList<OrderItemAnswer> Items { get; init; }

    /// <summary>Sum of the lines.</summary>
    public decimal Subtotal => PlacedAt is null ? Items.Sum(item => item.LineTotal) : FixedSubtotal;

    /// <summary>What is taken off the subtotal.</summary>
    public required decimal Discount { get; init; }

    /// <summary>What sending costs.</summary>
    public required decimal Shipping { get; init; }

    /// <summary>Tax on top.</summary>
    public required decimal Tax { get; init; }

    /// <summary>What is to be paid: subtotal − discount + shipping + tax.</summary>
    public decimal Total => Subtotal - Discount + Shipping + Tax;

    /// <summary>The shop's currency, ISO 4217.</summary>
    public string Currency { get; init; } = ShopCurrency.Code;

    /// <summary>The code of the coupon that was used, or null.</summary>
    public required string? Coupon { get; init; }

    /// <summary>Where it goes, or null.</summary>
    public required Address? ShippingAddress { get; init; }

    /// <summary>When it was placed, UTC, or null.</summary>
    public required DateTimeOffset? PlacedAt { get; init; }

    /// <summary>When it was paid, UTC, or null.</summary>
    public required DateTimeOffset? PaidAt { get; init; }

    /// <summary>When it was begun, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed, UTC.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The subtotal that was written down when it was placed.</summary>
    [JsonIgnore]
    public decimal FixedSubtotal { get; init; }

    /// <summary>Counts the edits.</summary>
    [JsonIgnore]
    public long Version { get; init; }

    [JsonIgnore]
    string IVersioned.VersionTag => VersionTag.Of(Version);

    private static readonly Expression<Func<Order, OrderAnswer>> Selector = order => new OrderAnswer
    {
        Id = order.Id,
        Number = order.Number,
        UserId = order.UserId,
        Status = order.Status,
        CancelReason = order.CancelReason,
        Items = order.Items
            .OrderBy(item => item.Id)
            .Select(item => new OrderItemAnswer
            {
                Id = item.Id,
                ProductId = item.ProductId,
                Sku = item.Sku ?? item.Product!.Sku,
                Name = item.Name ?? item.Product!.Name,
                UnitPrice = item.UnitPrice ?? item.Product!.Price,
                Quantity = item.Quantity,
            })
            .ToList(),
        FixedSubtotal = order.Subtotal,
        Discount = order.Discount,
        Shipping = order.Shipping,
        Tax = order.Tax,
        Coupon = order.CouponCode,
        ShippingAddress = order.ShippingAddress,
        PlacedAt = order.PlacedAt,
        PaidAt = order.PaidAt,
        CreatedAt = order.CreatedAt,
        UpdatedAt = order.UpdatedAt,
        Version = order.Version,
    };

    /// <summary>Nothing, with the two decimals that the database gives to all money, so that the same order has the same bytes.</summary>
    private const decimal Cents = 0.00m;

    private static readonly Func<Order, OrderAnswer> Select = Selector.Compile();

    /// <summary>The answer of an order that was just saved, which needs no second look at the database; null while it shows today's prices.</summary>
    /// <param name="order">The order.</param>
    public static OrderAnswer? Of(Order order)
    {
        if (order.PlacedAt is null)
        {
            return null;
        }

        var answer = Select(order);
        return answer with { Discount = answer.Discount + Cents, Shipping = answer.Shipping + Cents, Tax = answer.Tax + Cents };
    }

    private sealed class Projection : AnswerProfile
    {
        public Projection() => CreateMap<Order, OrderAnswer>().ConvertUsing(Selector);
    }
}

/// <summary>A line of an order.</summary>
public sealed record OrderItemAnswer
{
    /// <summary>The line's id.</summary>
    public required long Id { get; init; }

    /// <summary>What is bought.</summary>
    public required long ProductId { get; init; }

    /// <summary>The product's SKU.</summary>
    public required string Sku { get; init; }

    /// <summary>The product's name.</summary>
    public required string Name { get; init; }

    /// <summary>The price of one unit.</summary>
    public required decimal UnitPrice { get; init; }

    /// <summary>Units.</summary>
    public required int Quantity { get; init; }

    /// <summary>The price of all units.</summary>
    public decimal LineTotal => UnitPrice * Quantity;
}
