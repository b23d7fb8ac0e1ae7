using Shop.Application.Abstractions;
using Shop.Domain.Carts;

namespace Shop.Application.Carts;

/// <summary>Brings a guest's cart along when the guest becomes known.</summary>
internal sealed class GuestCart(IRepository<Cart> carts, OpenCarts openCarts, TimeProvider clock)
{
    /// <summary>Moves a guest's lines into a user's cart; an unknown token is ignored.</summary>
    public async Task MergeAsync(string? token, long userId, CancellationToken cancellationToken)
    {
        if (token is null
            || await carts.FindForUpdateAsync(CartSpecs.Of(CartHolder.Guest(OpenCarts.Hash(token))), cancellationToken) is not { } guest)
        {
            return;
        }

        if (guest.Items.Count > 0)
        {
            var cart = await openCarts.FindOrOpenAsync(userId, cancellationToken);
            cart.Merge(guest, clock.GetUtcNow());
        }

        carts.Remove(guest);
    }
}
