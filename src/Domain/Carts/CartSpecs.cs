using Shop.Domain.Common;

namespace Shop.Domain.Carts;

/// <summary>The queries over carts.</summary>
public static class CartSpecs
{
    /// <summary>A person's open cart, with its lines.</summary>
    /// <param name="userId">The person.</param>
    public static Specification<Cart> Of(long userId) =>
        new(query => query.Where(cart => cart.UserId == userId && cart.CheckedOutAt == null).Include(cart => cart.Items));

    /// <summary>A guest's open cart, with its lines.</summary>
    /// <param name="tokenHash">SHA-256 of the guest's token.</param>
    public static Specification<Cart> OfGuest(byte[] tokenHash) =>
        new(query => query.Where(cart => cart.TokenHash == tokenHash && cart.CheckedOutAt == null).Include(cart => cart.Items));

    /// <summary>The lines of a person's open cart, newest first.</summary>
    /// <param name="userId">The person.</param>
    public static Specification<CartItem> ItemsOf(long userId) =>
        new(query => query
            .Where(item => item.Cart!.UserId == userId && item.Cart.CheckedOutAt == null)
            .OrderByDescending(item => item.Id));

    /// <summary>The lines of a guest's open cart, newest first.</summary>
    /// <param name="tokenHash">SHA-256 of the guest's token.</param>
    public static Specification<CartItem> ItemsOfGuest(byte[] tokenHash) =>
        new(query => query
            .Where(item => item.Cart!.TokenHash == tokenHash && item.Cart.CheckedOutAt == null)
            .OrderByDescending(item => item.Id));
}
