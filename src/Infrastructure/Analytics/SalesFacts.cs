using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Shop.Domain.Common;
using Shop.Domain.Orders;
using Shop.Domain.Payments;
using Shop.Infrastructure.Persistence;

namespace Shop.Infrastructure.Analytics;

/// <summary>
/// What an order says about sales, as a function of how it stands: its lines count on the day it was paid, and against the day on which
/// all its money went back; a part that went back before that counts against its own day, for no product. The entries of a change are
/// what it says now less what it said before, so that every change is right that the order itself can express, whoever makes it: paying,
/// ending, another buyer, another product, a line that leaves for another order.
/// </summary>
internal sealed class SalesFacts(ShopCalendar calendar)
{
    private readonly Dictionary<(DateOnly Day, long UserId, long? ProductId), (decimal Revenue, long Units, long Orders)> _changes = [];

    /// <summary>The entries of all that is about to be saved.</summary>
    /// <param name="db">Which tracks it, and what <see cref="Missing"/> names.</param>
    /// <param name="calendar">The shop's days.</param>
    public static List<SalesEntry> Of(ShopDbContext db, ShopCalendar calendar)
    {
        var facts = new SalesFacts(calendar);
        var orders = PaidOrders(db);
        if (orders.Count > 0)
        {
            var (lines, refunds) = (db.ChangeTracker.Entries<OrderItem>().ToList(), db.ChangeTracker.Entries<Refund>().ToList());
            var before = (
                Lines: lines.Where(line => line.State != EntityState.Added).ToLookup(line => line.Property<long>(nameof(OrderItem.OrderId)).OriginalValue, line => line.OriginalValues),
                Refunds: refunds.Where(refund => refund.State != EntityState.Added).ToLookup(refund => refund.Entity.OrderId, refund => refund.OriginalValues));
            var after = (
                Lines: lines.Where(line => line.State != EntityState.Deleted).ToLookup(line => line.Property<long>(nameof(OrderItem.OrderId)).CurrentValue, line => line.CurrentValues),
                Refunds: refunds.Where(refund => refund.State != EntityState.Deleted).ToLookup(refund => refund.Entity.OrderId, refund => refund.CurrentValues));
            foreach (var order in orders.Where(order => order.State != EntityState.Added))
            {
                facts.Count(order.OriginalValues, before.Lines[order.Entity.Id], before.Refunds[order.Entity.Id], sign: -1);
            }

            foreach (var order in orders.Where(order => order.State != EntityState.Deleted))
            {
                facts.Count(order.CurrentValues, after.Lines[order.Entity.Id], after.Refunds[order.Entity.Id], sign: 1);
            }
        }

        return facts.ToEntries();
    }

    /// <summary>What has to be loaded before the entries can be told: nothing, where use cases load orders with their lines.</summary>
    public static IEnumerable<IQueryable<object>> Missing(ShopDbContext db)
    {
        var orders = PaidOrders(db);
        long[] known = [.. orders.Select(order => order.Entity.Id)];
        long[] refunded = [.. db.ChangeTracker.Entries<Refund>().Where(refund => refund.State != EntityState.Unchanged && IsDone(refund.CurrentValues)).Select(refund => refund.Entity.OrderId)];
        if (refunded.Except(known).ToArray() is { Length: > 0 } unknown)
        {
            yield return db.Orders.Where(order => unknown.Contains(order.Id));
        }

        long[] withoutLines = [.. orders.Where(order => order.State is EntityState.Modified or EntityState.Deleted && !order.Collection(nameof(Order.Items)).IsLoaded).Select(order => order.Entity.Id)];
        if (withoutLines.Length > 0)
        {
            yield return db.Set<OrderItem>().Where(line => withoutLines.Contains(line.OrderId));
        }

        long[] ending = [.. orders.Where(order => order.State == EntityState.Modified && order.Property(nameof(Order.RefundedAt)).IsModified).Select(order => order.Entity.Id)];
        if (ending.Length > 0)
        {
            yield return db.Refunds.Where(refund => ending.Contains(refund.OrderId) && refund.Status == RefundStatus.Succeeded);
        }
    }

    private static List<EntityEntry<Order>> PaidOrders(ShopDbContext db) =>
        [.. db.ChangeTracker.Entries<Order>().Where(order => order.Property<DateTimeOffset?>(nameof(Order.PaidAt)) is var paidAt && (paidAt.OriginalValue ?? paidAt.CurrentValue) is not null)];

    private static bool IsDone(PropertyValues refund) => refund.GetValue<RefundStatus>(nameof(Refund.Status)) == RefundStatus.Succeeded;

    private void Count(PropertyValues order, IEnumerable<PropertyValues> lines, IEnumerable<PropertyValues> refunds, int sign)
    {
        if (order.GetValue<DateTimeOffset?>(nameof(Order.PaidAt)) is not { } paidAt)
        {
            return;
        }

        var userId = order.GetValue<long>(nameof(Order.UserId));
        var (all, end) = (lines.ToList(), order.GetValue<DateTimeOffset?>(nameof(Order.RefundedAt)));
        Count(paidAt, userId, all, sign);
        if (end is not null)
        {
            Count(end.Value, userId, all, -sign);
        }

        foreach (var refund in refunds.Where(IsDone))
        {
            var (at, amount) = (refund.GetValue<DateTimeOffset>(nameof(Refund.UpdatedAt)), sign * refund.GetValue<Money>(nameof(Refund.Amount)).Amount);
            if (end is null || at <= end)
            {
                Add((calendar.DayOf(at), userId, null), -amount, 0, 0);
                Add((calendar.DayOf(end ?? at), userId, null), end is null ? 0 : amount, 0, 0);
            }
        }
    }

    private void Count(DateTimeOffset at, long userId, List<PropertyValues> lines, int sign)
    {
        var day = calendar.DayOf(at);
        Add((day, userId, null), 0, 0, sign);
        foreach (var line in lines)
        {
            var revenue = (line.GetValue<Money?>(nameof(OrderItem.LineTotal)) ?? Money.Zero).Amount - line.GetValue<Money>(nameof(OrderItem.Discount)).Amount;
            Add((day, userId, line.GetValue<long>(nameof(OrderItem.ProductId))), sign * revenue, sign * line.GetValue<int>(nameof(OrderItem.Quantity)), 0);
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
