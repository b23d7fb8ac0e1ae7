using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Shop.Application.Abstractions;
using Shop.Domain.Common;
using Shop.Domain.Orders;

namespace Shop.Infrastructure.Persistence;

/// <summary>
/// Writes the history of orders. The unit of work asks it before it saves, so no use case can forget it: what it saves of an order is
/// written down beside it.
/// </summary>
internal sealed class OrderHistory(ShopDbContext db, ICurrentUser caller, TimeProvider clock)
{
    /// <summary>Adds entries for all that is about to be saved of orders and their lines.</summary>
    public void Write()
    {
        var orders = db.ChangeTracker.Entries<Order>().Where(entry => entry.State is EntityState.Added or EntityState.Modified).ToList();
        var lines = db.ChangeTracker.Entries<OrderItem>().Where(entry => entry.State != EntityState.Unchanged).ToLookup(OrderIdOf);
        foreach (var order in orders)
        {
            Append(order.Entity.Id, FactsOf(order, lines), ActorOf(order.Entity));
        }
    }

    private void Append(long orderId, IEnumerable<OrderFact> facts, long? userId)
    {
        var now = clock.GetUtcNow();
        foreach (var fact in facts)
        {
            db.Append(OrderChange.Of(orderId, fact, userId, now));
        }
    }

    /// <summary>Time ends an order, not whoever happens to want its stock.</summary>
    private long? ActorOf(Order order) => order.CancelReason == CancelReasons.Expired ? null : caller.Id;

    private static IEnumerable<OrderFact> FactsOf(EntityEntry<Order> order, ILookup<long, EntityEntry<OrderItem>> lines)
    {
        if (order.State == EntityState.Added)
        {
            return Born(order.Entity);
        }

        return Changed<long>(order, nameof(Order.UserId), OrderChanges.BuyerChanged)
            .Concat(lines[order.Entity.Id].SelectMany(line => FactsOf(line, order.Entity.Id)))
            .Concat(AddressFacts(order))
            .Concat(Changed<Money>(order, nameof(Order.Discount), OrderChanges.DiscountChanged))
            .Concat(StatusFacts(order.Entity, order.Property<OrderStatus>(nameof(Order.Status)).OriginalValue));
    }

    /// <summary>An order of the shop begins active, even one that is placed at once.</summary>
    private static IEnumerable<OrderFact> Born(Order order)
    {
        var first = order.Origin == OrderOrigin.Shop ? OrderStatus.Active : order.Status;
        OrderFact created = new(OrderChanges.Created, To: OrderChanges.Of(first));
        return [created, .. DiscountFacts(Money.Zero, order.Discount), .. StatusFacts(order, first)];
    }

    private static IEnumerable<OrderFact> StatusFacts(Order order, OrderStatus from) =>
        order.Status == from ? []
        : [new(OrderChanges.Of(order.Status), OrderChanges.Of(from), OrderChanges.Of(order.Status), order.Status == OrderStatus.Cancelled ? order.CancelReason : null)];

    private static IEnumerable<OrderFact> DiscountFacts(Money from, Money to) =>
        from == to ? [] : [new(OrderChanges.DiscountChanged, Text(from), Text(to))];

    private static IEnumerable<OrderFact> AddressFacts(EntityEntry<Order> order) =>
        order.ComplexProperty(nameof(Order.ShippingAddress)).IsModified ? [new(OrderChanges.AddressChanged)] : [];

    private static IEnumerable<OrderFact> Changed<TValue>(EntityEntry<Order> order, string which, string change)
    {
        var property = order.Property<TValue>(which);
        return Equals(property.OriginalValue, property.CurrentValue) ? [] : [new(change, Text(property.OriginalValue), Text(property.CurrentValue))];
    }

    private static IEnumerable<OrderFact> FactsOf(EntityEntry<OrderItem> line, long orderId)
    {
        var (quantity, product) = (line.Property<int>(nameof(OrderItem.Quantity)), line.Property<long>(nameof(OrderItem.ProductId)));
        var detail = product.CurrentValue == product.OriginalValue || line.State == EntityState.Added
            ? $"product {product.CurrentValue}"
            : $"product {product.OriginalValue}, now product {product.CurrentValue}";
        var moved = line.State == EntityState.Modified && line.Property<long>(nameof(OrderItem.OrderId)) is var order && order.OriginalValue != order.CurrentValue;
        return line.State switch
        {
            EntityState.Added => [new(OrderChanges.LineAdded, To: Text(quantity.CurrentValue), Detail: detail)],
            EntityState.Deleted => [new(OrderChanges.LineRemoved, Text(quantity.OriginalValue), Detail: detail)],
            _ when moved => [new(OrderChanges.LineRemoved, Text(quantity.OriginalValue), Detail: $"product {product.OriginalValue}")],
            _ when quantity.OriginalValue == quantity.CurrentValue && product.OriginalValue == product.CurrentValue => [],
            _ => [new(OrderChanges.LineChanged, Text(quantity.OriginalValue), Text(quantity.CurrentValue), detail)],
        };
    }

    /// <summary>Where a line was; a new one has been nowhere else.</summary>
    private static long OrderIdOf(EntityEntry<OrderItem> line)
    {
        var order = line.Property<long>(nameof(OrderItem.OrderId));
        return line.State == EntityState.Added ? order.CurrentValue : order.OriginalValue;
    }

    private static string? Text<TValue>(TValue value) => Convert.ToString(value, CultureInfo.InvariantCulture);
}
