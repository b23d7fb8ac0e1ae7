using Shop.Application.Catalog;
using Shop.Application.Common.Mapping;
using Shop.Domain.Orders;

namespace Shop.Application.Purchases;

/// <summary>A purchase as clients see it: one line of a paid, shipped or delivered order.</summary>
public record PurchaseAnswer
{
    /// <summary>The purchase's id, which is its line's.</summary>
    public required long Id { get; init; }

    /// <summary>The order it is a line of.</summary>
    public required long OrderId { get; init; }

    /// <summary>Who bought.</summary>
    public required long UserId { get; init; }

    /// <summary>What was bought.</summary>
    public required long ProductId { get; init; }

    /// <summary>Units.</summary>
    public required int Quantity { get; init; }

    /// <summary>Price of one unit when it was bought.</summary>
    public required decimal UnitPrice { get; init; }

    /// <summary>When it was paid, UTC.</summary>
    public required DateTimeOffset PurchasedAt { get; init; }

    private sealed class Projection : AnswerProfile
    {
        public Projection() => CreateMap<OrderItem, PurchaseAnswer>().ConvertUsing(item => new PurchaseAnswer
        {
            Id = item.Id,
            OrderId = item.OrderId,
            UserId = item.Order!.UserId,
            ProductId = item.ProductId,
            Quantity = item.Quantity,
            UnitPrice = item.UnitPrice!.Value,
            PurchasedAt = item.Order.PaidAt ?? item.Order.CreatedAt,
        });
    }
}

/// <summary>A purchase together with what was bought, as it is today; also when it left the catalog.</summary>
public sealed record PurchaseWithProductAnswer : PurchaseAnswer
{
    /// <summary>What was bought, as it is today.</summary>
    public required ProductAnswer Product { get; init; }

    private sealed class Projection : AnswerProfile
    {
        public Projection() => CreateMap<OrderItem, PurchaseWithProductAnswer>()
            .ForMember(answer => answer.UserId, map => map.MapFrom(item => item.Order!.UserId))
            .ForMember(answer => answer.UnitPrice, map => map.MapFrom(item => item.UnitPrice!.Value.Amount))
            .ForMember(answer => answer.PurchasedAt, map => map.MapFrom(item => item.Order!.PaidAt ?? item.Order.CreatedAt));
    }
}
