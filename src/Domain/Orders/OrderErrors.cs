using Shop.Domain.Common;

namespace Shop.Domain.Orders;

/// <summary>What orders and purchases are refused for.</summary>
public static class OrderErrors
{
    /// <summary>No such order, or not the caller's.</summary>
    public static Error NotFound => new(ErrorKind.NotFound, "order_not_found", "There is no such order.");

    /// <summary>No line of that product in the order.</summary>
    public static Error ItemNotFound => new(ErrorKind.NotFound, "order_item_not_found", "The order has no line of this product.");

    /// <summary>Nothing to place.</summary>
    public static Error Empty => new(ErrorKind.Conflict, "order_empty", "The order has no lines; add a product first.");

    /// <summary>Lines are changed only while the order is active.</summary>
    /// <param name="status">Where it stands.</param>
    public static Error NotActive(OrderStatus status) =>
        new(ErrorKind.Conflict, "order_not_active", $"The order is {Name(status)}; only an active order's lines can be changed.");

    /// <summary>The address is changed only before shipping.</summary>
    /// <param name="status">Where it stands.</param>
    public static Error AddressFixed(OrderStatus status) =>
        new(ErrorKind.Conflict, "order_address_fixed", $"The order is {Name(status)}; its address can't be changed any more.");

    /// <summary>The status machine has no such arrow.</summary>
    /// <param name="from">Where it stands.</param>
    /// <param name="to">Where it should go.</param>
    public static Error IllegalTransition(OrderStatus from, OrderStatus to) =>
        new(ErrorKind.Conflict, "illegal_status_change", $"An order that is {Name(from)} can't become {Name(to)}.");

    /// <summary>Its time to be paid is over.</summary>
    public static Error Expired =>
        new(ErrorKind.Conflict, "order_expired", "The order was not paid in time and has ended; its stock is free again. Order anew.");

    /// <summary>Only an admin may set that status.</summary>
    public static Error StatusForAdmins =>
        new(ErrorKind.Forbidden, "status_for_admins", "You may place or cancel your order; other changes of status are an admin's.");

    /// <summary>Only an admin may order in somebody else's name.</summary>
    public static Error UserForAdmins =>
        new(ErrorKind.Forbidden, "user_for_admins", "You may order in your own name only; leave user_id out.");

    /// <summary>The total would be more than money can be.</summary>
    public static Error TotalTooLarge =>
        new(ErrorKind.Conflict, "total_too_large", $"An order's total is at most {Money.MaxAmount}; split it.");

    /// <summary>No such purchase, or not the caller's.</summary>
    public static Error PurchaseNotFound => new(ErrorKind.NotFound, "purchase_not_found", "There is no such purchase.");

    /// <summary>Nobody bought anything yet.</summary>
    public static Error NoPurchases => new(ErrorKind.NotFound, "no_purchases", "There is no purchase yet.");

    /// <summary>Purchases made through the shop are changed through their order.</summary>
    public static Error PurchaseFixed =>
        new(ErrorKind.Conflict, "purchase_fixed", "Only recorded or imported purchases can be changed; change this one through its order.");

    private static string Name(OrderStatus status) => status.ToString().ToLowerInvariant();
}
