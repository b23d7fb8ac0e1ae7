using Shop.Domain.Common;
using Shop.Domain.Orders;

namespace Shop.Domain.Payments;

/// <summary>The queries over payments, refunds and providers' events.</summary>
public static class PaymentSpecs
{
    /// <summary>The payment of that id.</summary>
    /// <param name="id">The payment's id.</param>
    public static Specification<Payment> ById(long id) => new(query => query.Where(payment => payment.Id == id));

    /// <summary>The payment of that id, with its order and that one's lines.</summary>
    /// <param name="id">The payment's id.</param>
    public static Specification<Payment> WithOrder(long id) =>
        new(query => query.Where(payment => payment.Id == id).Include(payment => payment.Order!.Items));

    /// <summary>The payment of that id, if it is of that order, and the order is theirs.</summary>
    /// <param name="id">The payment's id.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="userId">Whose the order must be; null for an admin, who sees all.</param>
    public static Specification<Payment> OfOrder(long id, long orderId, long? userId) =>
        new(query => query
            .Where(payment => payment.Id == id && payment.OrderId == orderId)
            .Where(userId is not null, payment => payment.Order!.UserId == userId));

    /// <summary>The payment of that id, while it is under way and its order waits for it.</summary>
    /// <param name="id">The payment's id.</param>
    public static Specification<Payment> Awaited(long id) =>
        new(query => query.Where(payment => payment.Id == id && payment.Status == PaymentStatus.Pending && payment.Order!.Status == OrderStatus.Placed));

    /// <summary>The payment that was asked for under a key.</summary>
    /// <param name="key">The key.</param>
    public static Specification<Payment> ByKey(string key) => new(query => query.Where(payment => payment.Key == key));

    /// <summary>The one payment of an order that is pending or captured.</summary>
    /// <param name="orderId">The order.</param>
    public static Specification<Payment> Live(long orderId) =>
        new(query => query.Where(payment =>
            payment.OrderId == orderId && (payment.Status == PaymentStatus.Pending || payment.Status == PaymentStatus.Captured)));

    /// <summary>The payment that a provider knows by a name.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="reference">Its name for the payment.</param>
    public static Specification<Payment> ByReference(string provider, string reference) =>
        new(query => query.Where(payment => payment.Provider == provider && payment.ProviderReference == reference));

    /// <summary>An order's payments, newest first.</summary>
    /// <param name="orderId">The order.</param>
    public static Specification<Payment> List(long orderId) =>
        new(query => query
            .Where(payment => payment.OrderId == orderId)
            .OrderByDescending(payment => payment.CreatedAt)
            .OrderByDescending(payment => payment.Id));

    /// <summary>The refund of that id.</summary>
    /// <param name="id">The refund's id.</param>
    public static Specification<Refund> RefundById(long id) => new(query => query.Where(refund => refund.Id == id));

    /// <summary>The refund of that id, if it is of that order.</summary>
    /// <param name="id">The refund's id.</param>
    /// <param name="orderId">The order.</param>
    public static Specification<Refund> RefundOfOrder(long id, long orderId) =>
        new(query => query.Where(refund => refund.Id == id && refund.OrderId == orderId));

    /// <summary>The refund that was asked for under a key.</summary>
    /// <param name="key">The key.</param>
    public static Specification<Refund> RefundByKey(string key) => new(query => query.Where(refund => refund.Key == key));

    /// <summary>The refunds of a payment that are under way, but for one.</summary>
    /// <param name="paymentId">The payment.</param>
    /// <param name="exceptId">The refund that does not count.</param>
    public static Specification<Refund> OtherPendingRefunds(long paymentId, long exceptId) =>
        new(query => query.Where(refund => refund.PaymentId == paymentId && refund.Id != exceptId && refund.Status == RefundStatus.Pending));

    /// <summary>An order's refunds that are under way.</summary>
    /// <param name="orderId">The order.</param>
    public static Specification<Refund> PendingRefunds(long orderId) =>
        new(query => query.Where(refund => refund.OrderId == orderId && refund.Status == RefundStatus.Pending));

    /// <summary>An order's refunds, newest first.</summary>
    /// <param name="orderId">The order.</param>
    public static Specification<Refund> RefundList(long orderId) =>
        new(query => query
            .Where(refund => refund.OrderId == orderId)
            .OrderByDescending(refund => refund.CreatedAt)
            .OrderByDescending(refund => refund.Id));

    /// <summary>What a provider said under an event id.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="eventId">The event's id there.</param>
    public static Specification<PaymentEvent> Event(string provider, string eventId) =>
        new(query => query.Where(each => each.Provider == provider && each.EventId == eventId));

    /// <summary>The event of that id.</summary>
    /// <param name="id">The event's id.</param>
    public static Specification<PaymentEvent> EventById(long id) => new(query => query.Where(each => each.Id == id));
}
