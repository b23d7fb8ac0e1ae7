using Shop.Domain.Common;

namespace Shop.Domain.Orders;

/// <summary>The queries over orders.</summary>
public static class OrderSpecs
{
    private const int ExpiredAtOnce = 100;

    /// <summary>The order of that id with its lines, if it is theirs.</summary>
    /// <param name="id">The order's id.</param>
    /// <param name="userId">Whose it must be; null for an admin, who sees all.</param>
    public static Specification<Order> OwnedBy(long id, long? userId) =>
        new(query => query
            .Where(order => order.Id == id)
            .Where(userId is not null, order => order.UserId == userId)
            .Include(order => order.Items));

    /// <summary>Orders of the shop whose time to be paid is over, by id, so many at once as one batch takes.</summary>
    /// <param name="placedUntil">The latest moment of placing that is too long ago, UTC.</param>
    /// <param name="now">The present, UTC.</param>
    /// <param name="afterId">Only those of higher ids.</param>
    public static Specification<Order> Expired(DateTimeOffset placedUntil, DateTimeOffset now, long afterId) =>
        new(query => Expired(query, placedUntil, now).Where(order => order.Id > afterId).OrderBy(order => order.Id).Take(ExpiredAtOnce));

    /// <summary>The same of those that hold any of these products.</summary>
    /// <param name="placedUntil">The latest moment of placing that is too long ago, UTC.</param>
    /// <param name="now">The present, UTC.</param>
    /// <param name="productIds">The products.</param>
    /// <param name="exceptIds">Those that are known already.</param>
    public static Specification<Order> ExpiredHolding(
        DateTimeOffset placedUntil, DateTimeOffset now, IReadOnlyCollection<long> productIds, IReadOnlyCollection<long> exceptIds) =>
        new(query => Expired(query, placedUntil, now)
            .Where(order => order.Items.Any(item => productIds.Contains(item.ProductId)))
            .Where(exceptIds.Count > 0, order => !exceptIds.Contains(order.Id))
            .OrderBy(order => order.Id)
            .Take(ExpiredAtOnce));

    /// <summary>The order of that id with its lines, if its time to be paid is over.</summary>
    /// <param name="id">The order's id.</param>
    /// <param name="placedUntil">The latest moment of placing that is too long ago, UTC.</param>
    /// <param name="now">The present, UTC.</param>
    public static Specification<Order> ExpiredById(long id, DateTimeOffset placedUntil, DateTimeOffset now) =>
        new(query => Expired(query, placedUntil, now).Where(order => order.Id == id).Include(order => order.Items));

    /// <summary>The order that a purchase is a line of, with all its lines.</summary>
    /// <param name="purchaseId">The line's id.</param>
    public static Specification<Order> OfPurchase(long purchaseId) =>
        new(query => query.Where(order => order.Items.Any(item => item.Id == purchaseId)).Include(order => order.Items));

    /// <summary>The order of that id, while it waits to be paid.</summary>
    /// <param name="id">The order's id.</param>
    public static Specification<Order> AwaitingPayment(long id) =>
        new(query => query.Where(order => order.Id == id && order.Status == OrderStatus.Placed));

    /// <summary>Orders, newest first.</summary>
    /// <param name="filter">Which.</param>
    public static Specification<Order> List(OrderFilter filter) =>
        new(query => query
            .Where(filter.OwnerId is not null, order => order.UserId == filter.OwnerId)
            .Where(filter.UserId is not null, order => order.UserId == filter.UserId)
            .Where(filter.Status is not null, order => order.Status == filter.Status)
            .Where(filter.From is not null, order => order.CreatedAt >= filter.From)
            .Where(filter.To is not null, order => order.CreatedAt < filter.To)
            .OrderByDescending(order => order.CreatedAt)
            .OrderByDescending(order => order.Id));

    /// <summary>The one place that says which orders end unpaid; <see cref="Order.IsExpired"/> says the same of one that is loaded.</summary>
    private static SpecificationBuilder<Order> Expired(SpecificationBuilder<Order> query, DateTimeOffset placedUntil, DateTimeOffset now) =>
        query.Where(order =>
            order.Status == OrderStatus.Placed && order.Origin == OrderOrigin.Shop && order.PlacedAt <= placedUntil
            && (order.PayingUntil == null || order.PayingUntil <= now));
}

/// <summary>Which orders to list; null means any.</summary>
/// <param name="OwnerId">Whose orders the reader may see.</param>
/// <param name="UserId">Whose the reader asks for.</param>
/// <param name="Status">Where they stand.</param>
/// <param name="From">Made at or after, UTC.</param>
/// <param name="To">Made before, UTC.</param>
public sealed record OrderFilter(
    long? OwnerId = null, long? UserId = null, OrderStatus? Status = null, DateTimeOffset? From = null, DateTimeOffset? To = null);
