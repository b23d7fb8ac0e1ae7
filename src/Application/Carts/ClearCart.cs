using MediatR;
using Shop.Application.Common;
using Shop.Domain.Common;

namespace Shop.Application.Carts;

/// <summary>Takes all lines out of the caller's cart; an empty one is as good as none.</summary>
/// <param name="CartToken">The guest's cart token, or null.</param>
[Access(Who.Guest)]
public sealed record ClearCart(string? CartToken) : ICommand;

internal sealed class ClearCartHandler(OpenCarts openCarts, TimeProvider clock) : IRequestHandler<ClearCart, Result>
{
    public async Task<Result> Handle(ClearCart command, CancellationToken cancellationToken)
    {
        var cart = await openCarts.FindAsync(command.CartToken, cancellationToken);
        cart?.Clear(clock.GetUtcNow());
        return Result.Ok;
    }
}
