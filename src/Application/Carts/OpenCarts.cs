using System.Security.Cryptography;
using System.Text;
using Shop.Application.Abstractions;
using Shop.Domain.Carts;

namespace Shop.Application.Carts;

/// <summary>Finds the one open cart that somebody has, and opens it when it is needed.</summary>
internal sealed class OpenCarts(IRepository<Cart> carts, IGuestCarts guestCarts, ILocks locks, ICurrentUser caller, TimeProvider clock)
{
    /// <summary>What the database knows a guest's token by.</summary>
    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Whose cart the caller has; null for a guest without a token. Who is signed in needs no token.</summary>
    public CartHolder? Holder(string? token) =>
        caller.Id is { } userId ? CartHolder.User(userId)
        : string.IsNullOrEmpty(token) ? null
        : CartHolder.Guest(Hash(token));

    /// <summary>The caller's cart, locked; null when there is none.</summary>
    public async Task<Cart?> FindAsync(string? token, CancellationToken cancellationToken) =>
        Holder(token) is { } holder ? await carts.FindForUpdateAsync(CartSpecs.Of(holder), cancellationToken) : null;

    /// <summary>A user's cart, locked; a new one when there is none, of which two requests at once make one.</summary>
    public async Task<Cart> FindOrOpenAsync(long userId, CancellationToken cancellationToken)
    {
        var holder = CartHolder.User(userId);
        if (await carts.FindForUpdateAsync(CartSpecs.Of(holder), cancellationToken) is { } known)
        {
            return known;
        }

        await locks.TakeAsync(LockNames.CartOf(userId), cancellationToken);
        return await carts.FindForUpdateAsync(CartSpecs.Of(holder), cancellationToken) ?? await OpenAsync(holder, cancellationToken);
    }

    /// <summary>A new cart, not yet saved.</summary>
    public async Task<Cart> OpenAsync(CartHolder holder, CancellationToken cancellationToken)
    {
        await guestCarts.PurgeAsync(cancellationToken);
        var cart = Cart.Open(holder, clock.GetUtcNow());
        await carts.AddAsync(cart, cancellationToken);
        return cart;
    }
}
