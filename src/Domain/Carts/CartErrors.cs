using Shop.Domain.Common;

namespace Shop.Domain.Carts;

/// <summary>What carts are refused for.</summary>
public static class CartErrors
{
    /// <summary>No such line in the caller's cart.</summary>
    public static Error ItemNotFound => new(ErrorKind.NotFound, "cart_item_not_found", "There is no such line in your cart.");

    /// <summary>Nothing to check out.</summary>
    public static Error Empty => new(ErrorKind.Conflict, "cart_empty", "The cart is empty; put something in first.");

    /// <summary>The total is another than the caller expects.</summary>
    /// <param name="total">Today's total.</param>
    public static Error Changed(Money total) =>
        new(ErrorKind.Conflict, "cart_changed", $"The total is {total} by now; show it to the buyer and ask again.")
        {
            Facts = new Dictionary<string, object> { ["total"] = total.Amount },
        };

    /// <summary>A line would exceed the largest quantity.</summary>
    public static Error TooManyUnits =>
        Error.InvalidField("quantity", "quantity_out_of_range", $"One line takes at most {Quantity.Max} units.");

    /// <summary>The cart or order has as many lines as it can take.</summary>
    public static Error TooManyLines =>
        new(ErrorKind.Conflict, "too_many_lines", $"There is room for {Cart.MaxLines} lines; order these first.");
}
