using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Shop.Application.Carts;
using Shop.Application.Orders;
using Shop.WebApi.Http;
using Shop.WebApi.Http.Idempotency;

namespace Shop.WebApi.Endpoints;

internal static class CartEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var cart = routes.MapGroup("/cart").WithTags("Cart");
        cart.MapGet("/", GetCart).Sends<GetCart>();
        cart.MapPost("/checkout", CheckOutCart).Sends<CheckOutCart>().Idempotent();

        var items = routes.MapGroup("/cart_items").WithTags("Cart");
        items.MapGet("/", ListCartItems).Sends<ListCartItems>();
        items.MapPost("/", AddCartItem).Sends<AddCartItem>();
        items.MapDelete("/", ClearCart).Sends<ClearCart>();
        items.MapPatch("/{id:long}", UpdateCartItem).Sends<UpdateCartItem>();
        items.MapDelete("/{id:long}", RemoveCartItem).Sends<RemoveCartItem>();
    }

    private static async Task<Results<Found<CartAnswer>, Problem>> GetCart(
        [FromHeader(Name = CartToken.Header)] string? cartToken, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new GetCart(cartToken), cancellationToken)).ToFound();

    private static async Task<Results<Made<OrderAnswer>, Problem>> CheckOutCart(
        CheckOutCart command, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(command, cancellationToken).ThenAsync(order => OrderEndpoints.ShowAsync(order, sender, cancellationToken)))
        .ToMade(order => $"/orders/{order.Id}");

    private static async Task<Results<PageOf<CartItemAnswer>, Problem>> ListCartItems(
        [FromHeader(Name = CartToken.Header)] string? cartToken,
        [AsParameters] PageQuery page,
        IMediator sender,
        CancellationToken cancellationToken) =>
        (await sender.Send(new ListCartItems(cartToken, page.ToRequest()), cancellationToken)).ToPage();

    private static async Task<Results<Made<CartItemAnswer>, Found<CartItemAnswer>, Problem>> AddCartItem(
        [FromHeader(Name = CartToken.Header)] string? cartToken,
        AddCartItem command,
        HttpResponse response,
        IMediator sender,
        CancellationToken cancellationToken)
    {
        var added = await sender.Send(command with { CartToken = cartToken }, cancellationToken);
        if (added.IsFailure)
        {
            return new Problem(added.Error);
        }

        if (added.Value.NewToken is { } newToken)
        {
            response.Headers[CartToken.Header] = newToken;
        }

        var line = added.Value.Line;
        return added.Value.IsNewLine ? new Made<CartItemAnswer>($"/cart_items/{line.Id}", line) : new Found<CartItemAnswer>(line);
    }

    private static async Task<Results<Found<CartItemAnswer>, Problem>> UpdateCartItem(
        long id,
        [FromHeader(Name = CartToken.Header)] string? cartToken,
        UpdateCartItem command,
        IMediator sender,
        CancellationToken cancellationToken) =>
        (await sender.Send(command with { Id = id, CartToken = cartToken }, cancellationToken)).ToFound();

    private static async Task<Results<NoContent, Problem>> RemoveCartItem(
        long id, [FromHeader(Name = CartToken.Header)] string? cartToken, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new RemoveCartItem(id, cartToken), cancellationToken)).ToNoContent();

    private static async Task<Results<NoContent, Problem>> ClearCart(
        [FromHeader(Name = CartToken.Header)] string? cartToken, IMediator sender, CancellationToken cancellationToken) =>
        (await sender.Send(new ClearCart(cartToken), cancellationToken)).ToNoContent();
}
