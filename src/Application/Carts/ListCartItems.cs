using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Application.Common.Paging;
using Shop.Domain.Carts;
using Shop.Domain.Common;

namespace Shop.Application.Carts;

/// <summary>The lines of the caller's cart, newest first.</summary>
/// <param name="CartToken">The guest's cart token, or null.</param>
/// <param name="Page">Which page.</param>
[Access(Who.Guest)]
public sealed record ListCartItems(string? CartToken, PageRequest Page) : IPagedQuery<CartItemAnswer>;

internal sealed class ListCartItemsHandler(IRepository<CartItem> items, OpenCarts openCarts)
    : IRequestHandler<ListCartItems, Result<Page<CartItemAnswer>>>
{
    public async Task<Result<Page<CartItemAnswer>>> Handle(ListCartItems query, CancellationToken cancellationToken) =>
        openCarts.Holder(query.CartToken) is { } holder
            ? await items.GetPageAsync<CartItemAnswer>(CartSpecs.ItemsOf(holder), query.Page, cancellationToken)
            : new Page<CartItemAnswer>([], null, query.Page.Count ? 0 : null);
}
