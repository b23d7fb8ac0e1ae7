using Shop.Domain.Common;

namespace Shop.Domain.Outbox;

/// <summary>The queries over the outbox.</summary>
public static class OutboxSpecs
{
    /// <summary>The event of that id.</summary>
    /// <param name="id">The event's key.</param>
    public static Specification<OutboxEvent> ById(long id) => new(query => query.Where(each => each.Id == id));

    /// <summary>Events, newest first. One that is dead for any consumer is dead, else one that waits for any is waiting, else it is done.</summary>
    /// <param name="status">Where they stand; null for all.</param>
    public static Specification<OutboxEvent> List(DeliveryStatus? status) =>
        new(query => query
            .Where(
                status is DeliveryStatus.Dead,
                each => each.Deliveries.Any(delivery => delivery.Status == DeliveryStatus.Dead))
            .Where(
                status is DeliveryStatus.Waiting,
                each => each.Deliveries.Any(delivery => delivery.Status == DeliveryStatus.Waiting)
                    && !each.Deliveries.Any(delivery => delivery.Status == DeliveryStatus.Dead))
            .Where(
                status is DeliveryStatus.Done,
                each => !each.Deliveries.Any(delivery => delivery.Status != DeliveryStatus.Done))
            .OrderByDescending(each => each.CreatedAt)
            .OrderByDescending(each => each.Id));
}
