using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Carts;
using Shop.Domain.Common;

namespace Shop.Application.Carts;

/// <summary>The caller's cart at today's prices, with what they should know before checking out; empty when there is none.</summary>
/// <param name="CartToken">The guest's cart token, or null.</param>
[Access(Who.Guest)]
public sealed record GetCart(string? CartToken) : IQuery<CartAnswer>;

internal sealed class GetCartHandler(IRepository<CartItem> items, OpenCarts openCarts) : IRequestHandler<GetCart, Result<CartAnswer>>
{
    public async Task<Result<CartAnswer>> Handle(GetCart query, CancellationToken cancellationToken) => new CartAnswer
    {
        Items = openCarts.Holder(query.CartToken) is { } holder
            ? await items.ListAsync<CartItemAnswer>(CartSpecs.ItemsOf(holder), cancellationToken)
            : [],
    };
}
