using Shop.Application.Carts;

namespace Shop.Application.Abstractions;

/// <summary>Puts units into carts by statements that decide by themselves. Works inside the unit of work, as the last thing that it does.</summary>
public interface ICartLines
{
    /// <summary>Puts units of a product into a user's cart, adding up with those that lie there; opens the cart where there is none.</summary>
    /// <param name="userId">The user; one who is erased gets nothing.</param>
    /// <param name="productId">The product.</param>
    /// <param name="quantity">A valid quantity.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The line as it is now; null when something is in the way, and then no line has changed.</returns>
    /// <remarks>Where what is in the way undoes the transaction, the unit of work repeats it, and null is answered then.</remarks>
    Task<CartItemAnswer?> TryPutAsync(long userId, long productId, int quantity, CancellationToken cancellationToken);
}
