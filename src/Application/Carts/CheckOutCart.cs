using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Application.Orders;
using Shop.Domain.Carts;
using Shop.Domain.Common;
using Shop.Domain.Orders;
using Shop.Domain.Users;

namespace Shop.Application.Carts;

/// <summary>Makes a placed order of the caller's cart: stock is held and the cart ends, or nothing changes.</summary>
[Access(Who.SignedIn)]
public sealed record CheckOutCart : ICommand<Order>, ICheckoutInput
{
    /// <inheritdoc />
    public AddressInput? ShippingAddress { get; init; }

    /// <inheritdoc />
    public string? Coupon { get; init; }

    /// <inheritdoc />
    public decimal? ExpectedTotal { get; init; }
}

internal sealed class CheckOutCartRules : AbstractValidator<CheckOutCart>
{
    public CheckOutCartRules() => Include(new CheckoutRules());
}

internal sealed class CheckOutCartHandler(
    IRepository<Cart> carts, IRepository<Order> orders, ILocks locks, OrderMoves moves, ICurrentUser caller, TimeProvider clock)
    : IRequestHandler<CheckOutCart, Result<Order>>
{
    public async Task<Result<Order>> Handle(CheckOutCart command, CancellationToken cancellationToken)
    {
        var userId = caller.RequiredId;
        await locks.HoldUserAsync(userId, UserErrors.NotSignedIn, cancellationToken);

        if (await carts.FindForUpdateAsync(CartSpecs.Of(CartHolder.User(userId)), cancellationToken) is not { Items.Count: > 0 } cart)
        {
            return CartErrors.Empty;
        }

        var now = clock.GetUtcNow();
        var order = Order.Open(userId, now, cart.Id);
        foreach (var item in cart.Items.OrderBy(item => item.Id))
        {
            if (order.AddItem(item.ProductId, item.Quantity, now) is { IsFailure: true } full)
            {
                return full.Error;
            }
        }

        await orders.AddAsync(order, cancellationToken);
        if (await moves.CheckOutAsync(order, command, cancellationToken) is { IsFailure: true } refused)
        {
            return refused.Error;
        }

        cart.CheckOut(now);
        return order;
    }
}
