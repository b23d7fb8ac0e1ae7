using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Shop.Domain.Common;
using Shop.Domain.Orders;
using Shop.Infrastructure.Persistence;

namespace Shop.Infrastructure.Analytics;

/// <summary>
/// What an order says about sales, as a function of how it stands: its lines count on the day it was paid, and against the day on which
/// all its money went back. The entries of a change are what it says now less what it said before, so that every change is right that
/// the order itself can express, whoever makes it: paying, ending, another buyer, another product, a line that leaves for another order.
/// </summary>
internal sealed class SalesFacts(ShopCalendar calendar)
{
    private readonly Dictionary<(DateOnly Day, long UserId, long? ProductId), (decimal Revenue, long Units, long Orders)> _changes = [];

    /// <summary>The entries of all that is about to be saved.</summary>
    /// <param name="db">Which tracks it.</param>
    /// <param name="calendar">The shop's days.</param>
    public static List<SalesEntry> Of(ShopDbContext db, ShopCalendar calendar)
    {
        var orders = db.ChangeTracker.Entries<Order>().Where(WasOrIsPaid).ToList();
        if (orders.Count == 0)
        {
            return [];
        }

        var facts = new SalesFacts(calendar);
        var lines = db.ChangeTracker.Entries<OrderItem>().ToList();
        var before = lines.Where(line => line.State != EntityState.Added).ToLookup(line => line.Property(each => each.OrderId).OriginalValue);
        var after = lines.Where(line => line.State != EntityState.Deleted).ToLookup(line => line.Property(each => each.OrderId).CurrentValue);
        foreach (var order in orders)
        {
            facts.Count(order, before[order.Entity.Id], after[order.Entity.Id]);
        }

        return facts.ToEntries();
    }

    /// <summary>Orders whose lines have to be known before their entries can be; loaded without them, they say nothing about sales.</summary>
    public static IEnumerable<CollectionEntry<Order, OrderItem>> UnknownLines(ShopDbContext db) =>
        db.ChangeTracker.Entries<Order>()
            .Where(order => order.State is EntityState.Modified or EntityState.Deleted && WasOrIsPaid(order))
            .Select(order => order.Collection(each => each.Items))
            .Where(items => !items.IsLoaded);

    private static bool WasOrIsPaid(EntityEntry<Order> order)
    {
        var paidAt = order.Property(each => each.PaidAt);
        return (paidAt.OriginalValue ?? paidAt.CurrentValue) is not null;
    }

    private void Count(EntityEntry<Order> order, IEnumerable<EntityEntry<OrderItem>> before, IEnumerable<EntityEntry<OrderItem>> after)
    {
        if (order.State != EntityState.Added)
        {
            Count(order.OriginalValues, before.Select(line => line.OriginalValues), sign: -1);
        }

        if (order.State != EntityState.Deleted)
        {
            Count(order.CurrentValues, after.Select(line => line.CurrentValues), sign: 1);
        }
    }

    private void Count(PropertyValues order, IEnumerable<PropertyValues> lines, int sign)
    {
        var userId = order.GetValue<long>(nameof(Order.UserId));
        var moments = new (DateTimeOffset? At, int Sign)[]
        {
            (order.GetValue<DateTimeOffset?>(nameof(Order.PaidAt)), sign),
            (order.GetValue<DateTimeOffset?>(nameof(Order.RefundedAt)), -sign),
        };
        var known = lines.ToList();
        foreach (var (day, times) in moments.Where(moment => moment.At is not null).Select(moment => (calendar.DayOf(moment.At!.Value), moment.Sign)))
        {
            Add((day, userId, null), 0, 0, times);
            foreach (var line in known)
            {
                var revenue = (line.GetValue<Money?>(nameof(OrderItem.LineTotal)) ?? Money.Zero) - line.GetValue<Money>(nameof(OrderItem.Discount));
                Add((day, userId, line.GetValue<long>(nameof(OrderItem.ProductId))), times * revenue, times * line.GetValue<int>(nameof(OrderItem.Quantity)), 0);
            }
        }
    }

    private void Add((DateOnly Day, long UserId, long? ProductId) key, decimal revenue, long units, long orders)
    {
        var known = _changes.GetValueOrDefault(key);
        _changes[key] = (known.Revenue + revenue, known.Units + units, known.Orders + orders);
    }

    private List<SalesEntry> ToEntries() =>
    [
        .. _changes.Where(change => change.Value != default).Select(change => new SalesEntry
        {
            Day = change.Key.Day,
            UserId = change.Key.UserId,
            ProductId = change.Key.ProductId,
            Revenue = change.Value.Revenue,
            Units = change.Value.Units,
            Orders = change.Value.Orders,
        }),
    ];
}
