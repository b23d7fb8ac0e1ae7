using System.Security.Cryptography;
using System.Text;
using Shop.Application.Abstractions;
using Shop.Domain.Carts;

namespace Shop.Application.Carts;

/// <summary>Brings a guest's cart along when the guest becomes known.</summary>
internal sealed class GuestCart(IRepository<Cart> carts, TimeProvider clock)
{
    /// <summary>What the database knows a guest's token by.</summary>
    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Moves a guest's lines into a user's cart; an unknown token is ignored.</summary>
    public async Task MergeAsync(string? token, long userId, CancellationToken cancellationToken)
    {
        if (token is null || await carts.FindForUpdateAsync(CartSpecs.OfGuest(Hash(token)), cancellationToken) is not { } guest)
        {
            return;
        }

        var now = clock.GetUtcNow();
        if (await carts.FindForUpdateAsync(CartSpecs.Of(userId), cancellationToken) is not { } cart)
        {
            await carts.AddAsync(cart = Cart.Of(userId, now), cancellationToken);
        }

        cart.Merge(guest, now);
        carts.Remove(guest);
    }
}
