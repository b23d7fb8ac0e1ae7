using Shop.Domain.Common;

namespace Shop.Domain.Carts;

/// <summary>The queries over carts.</summary>
public static class CartSpecs
{
    /// <summary>Somebody's open cart, with its lines.</summary>
    /// <param name="holder">Whose cart.</param>
    public static Specification<Cart> Of(CartHolder holder) =>
        new(query => (holder.UserId is { } userId
                ? query.Where(cart => cart.UserId == userId)
                : query.Where(cart => cart.TokenHash == holder.TokenHash))
            .Where(cart => cart.CheckedOutAt == null)
            .Include(cart => cart.Items));

    /// <summary>The lines of somebody's open cart, newest first.</summary>
    /// <param name="holder">Whose cart.</param>
    public static Specification<CartItem> ItemsOf(CartHolder holder) =>
        new(query => (holder.UserId is { } userId
                ? query.Where(item => item.Cart!.UserId == userId)
                : query.Where(item => item.Cart!.TokenHash == holder.TokenHash))
            .Where(item => item.Cart!.CheckedOutAt == null)
            .OrderByDescending(item => item.Id));

    /// <summary>The line of that id, in whosever cart.</summary>
    /// <param name="itemId">The line's id.</param>
    public static Specification<CartItem> Item(long itemId) => new(query => query.Where(item => item.Id == itemId));
}
