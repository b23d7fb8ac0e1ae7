using MediatR;
using Shop.Application.Common;
using Shop.Domain.Carts;
using Shop.Domain.Common;

namespace Shop.Application.Carts;

/// <summary>Takes a line out of the caller's cart.</summary>
/// <param name="Id">Which line.</param>
/// <param name="CartToken">The guest's cart token, or null.</param>
[Access(Who.Guest)]
public sealed record RemoveCartItem(long Id, string? CartToken) : ICommand;

internal sealed class RemoveCartItemHandler(OpenCarts openCarts, TimeProvider clock) : IRequestHandler<RemoveCartItem, Result>
{
    public async Task<Result> Handle(RemoveCartItem command, CancellationToken cancellationToken) =>
        await openCarts.FindAsync(command.CartToken, cancellationToken) is { } cart
            ? cart.Remove(command.Id, clock.GetUtcNow())
            : CartErrors.ItemNotFound;
}
