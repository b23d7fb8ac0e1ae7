using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Carts;
using Shop.Domain.Catalog;
using Shop.Domain.Common;
using Shop.Domain.Orders;
using Shop.Domain.Users;

namespace Shop.Application.Carts;

/// <summary>Puts units of a product into the caller's cart, adding up with those that lie there. A guest's first ones open a cart.</summary>
[Access(Who.Guest)]
public sealed record AddCartItem : ICommand<AddedCartItem>
{
    /// <summary>What is to be bought; required.</summary>
    public long? ProductId { get; init; }

    /// <summary>Units; 1 unless said.</summary>
    public int? Quantity { get; init; }

    /// <summary>The guest's cart token, or null.</summary>
    [JsonIgnore]
    public string? CartToken { get; init; }
}

/// <summary>What came of putting a product into a cart.</summary>
public sealed class AddedCartItem
{
    private readonly Func<CartItemAnswer> _line;

    internal AddedCartItem(CartItemAnswer line) => _line = () => line;

    internal AddedCartItem(CartItem item, ProductSnapshot product) => _line = () => new()
    {
        Id = item.Id,
        ProductId = product.Id,
        Name = product.Name,
        UnitPrice = product.Price,
        Quantity = item.Quantity,
    };

    /// <summary>Whether the cart had no line of the product before.</summary>
    public required bool IsNewLine { get; init; }

    /// <summary>The token by which a guest holds the cart that was opened; null when there was one, or somebody is signed in.</summary>
    public required string? NewToken { get; init; }

    /// <summary>The line. To be asked for when the command is done: the database gives it its id then.</summary>
    public CartItemAnswer Line => _line();
}

internal sealed class AddCartItemRules : AbstractValidator<AddCartItem>
{
    public AddCartItemRules()
    {
        RuleFor(command => command.ProductId).NotNull().WithMessage("A product is required.");
        RuleFor(command => command.Quantity).Quantity();
    }
}

/// <remarks>
/// A database that can put a known buyer's line in without the cart being loaded does so, and what that refuses is refused, or done, the long way: there
/// the rules are sentences, and the buyer is held first.
/// </remarks>
internal sealed class AddCartItemHandler(
    IRepository<Product> products, OpenCarts openCarts, ILocks locks, ICurrentUser caller, TimeProvider clock, ICartLines? lines = null)
    : IRequestHandler<AddCartItem, Result<AddedCartItem>>
{
    private const int TokenBytes = 32;

    public async Task<Result<AddedCartItem>> Handle(AddCartItem command, CancellationToken cancellationToken)
    {
        var (productId, quantity) = (command.ProductId!.Value, command.Quantity ?? 1);
        if (lines is not null && caller.Id is { } buyer && await lines.TryPutAsync(buyer, productId, quantity, cancellationToken) is { } put)
        {
            return new AddedCartItem(put) { IsNewLine = put.Quantity == quantity, NewToken = null };
        }

        if (caller.Id is { } known)
        {
            await locks.HoldUserAsync(known, UserErrors.NotSignedIn, cancellationToken);
        }

        if (await products.GetAsync<ProductSnapshot>(ProductSpecs.ById(productId), cancellationToken) is not { } product)
        {
            return ProductErrors.Unknown;
        }

        var newToken = (string?)null;
        var cart = caller.Id is { } userId
            ? await openCarts.FindOrOpenAsync(userId, cancellationToken)
            : await openCarts.FindAsync(command.CartToken, cancellationToken);
        if (cart is null)
        {
            newToken = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
            cart = await openCarts.OpenAsync(CartHolder.Guest(OpenCarts.Hash(newToken)), cancellationToken);
        }

        var before = cart.Items.Count;
        var added = cart.Add(productId, quantity, product.Price, clock.GetUtcNow());
        return added.IsFailure
            ? added.Error
            : new AddedCartItem(added.Value, product) { IsNewLine = cart.Items.Count > before, NewToken = newToken };
    }
}
