using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Carts;
using Shop.Domain.Common;

namespace Shop.Application.Carts;

/// <summary>Changes the quantity of a line in the caller's cart.</summary>
[Access(Who.Guest)]
public sealed record UpdateCartItem : ICommand<CartItemAnswer>
{
    /// <summary>Which line.</summary>
    [JsonIgnore]
    public long Id { get; init; }

    /// <summary>Units; required.</summary>
    public int? Quantity { get; init; }

    /// <summary>The guest's cart token, or null.</summary>
    [JsonIgnore]
    public string? CartToken { get; init; }
}

internal sealed class UpdateCartItemRules : AbstractValidator<UpdateCartItem>
{
    public UpdateCartItemRules() => RuleFor(command => command.Quantity).NotNull().WithMessage("A quantity is required.").Quantity();
}

internal sealed class UpdateCartItemHandler(IRepository<CartItem> items, OpenCarts openCarts, TimeProvider clock)
    : IRequestHandler<UpdateCartItem, Result<CartItemAnswer>>
{
    public async Task<Result<CartItemAnswer>> Handle(UpdateCartItem command, CancellationToken cancellationToken)
    {
        if (await openCarts.FindAsync(command.CartToken, cancellationToken) is not { } cart)
        {
            return CartErrors.ItemNotFound;
        }

        var quantity = command.Quantity!.Value;
        if (cart.ChangeQuantity(command.Id, quantity, clock.GetUtcNow()) is { IsFailure: true } refused)
        {
            return refused.Error;
        }

        var line = await items.GetAsync<CartItemAnswer>(CartSpecs.Item(command.Id), cancellationToken);
        return line! with { Quantity = quantity };
    }
}
