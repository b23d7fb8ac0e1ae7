using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Catalog;
using Shop.Domain.Common;
using Shop.Domain.Orders;
using Shop.Domain.Users;

namespace Shop.Application.Purchases;

/// <summary>
/// Corrects who bought or what was bought, at the same price and quantity; only recorded and imported purchases. The stock of a recorded
/// one follows: what it held goes back, and as much as there is of the other product is taken. Imported history moves no stock.
/// </summary>
[Access(Who.Admin)]
public sealed record UpdatePurchase : ICommand
{
    /// <summary>Which purchase.</summary>
    [JsonIgnore]
    public long Id { get; init; }

    /// <summary>Who bought.</summary>
    public Optional<long?> UserId { get; init; }

    /// <summary>What was bought, in the catalog.</summary>
    public Optional<long?> ProductId { get; init; }
}

internal sealed class UpdatePurchaseRules : AbstractValidator<UpdatePurchase>
{
    public UpdatePurchaseRules()
    {
        RuleFor(command => command.UserId.Value).NotNull().When(command => command.UserId.IsGiven)
            .OverridePropertyName(nameof(UpdatePurchase.UserId)).WithMessage("Give a user's id, or leave it out.");
        RuleFor(command => command.ProductId.Value).NotNull().When(command => command.ProductId.IsGiven)
            .OverridePropertyName(nameof(UpdatePurchase.ProductId)).WithMessage("Give a product's id, or leave it out.");
    }
}

internal sealed class UpdatePurchaseHandler(
    IRepository<User> users, IRepository<Product> products, IRepository<Order> orders, IStock stock, TimeProvider clock)
    : IRequestHandler<UpdatePurchase, Result>
{
    public async Task<Result> Handle(UpdatePurchase command, CancellationToken cancellationToken)
    {
        var buyer = command.UserId.Value is { } userId
            ? await users.FindForUpdateAsync(UserSpecs.ById(userId), cancellationToken)
            : null;
        if (await orders.FindForUpdateAsync(OrderSpecs.OfPurchase(command.Id), cancellationToken) is not { } order)
        {
            return OrderErrors.PurchaseNotFound;
        }

        if (command.UserId.IsGiven && buyer is null && command.UserId.Value != order.UserId)
        {
            return UserErrors.Unknown;
        }

        var purchase = order.Items.Single(item => item.Id == command.Id);
        var sold = new StockLine(purchase.ProductId, purchase.Quantity);
        var replacement = await FindReplacementAsync(sold.ProductId, command.ProductId.Value, cancellationToken);
        if (replacement.IsFailure)
        {
            return replacement.Error;
        }

        var corrected = order.CorrectPurchase(command.Id, buyer?.Id ?? order.UserId, replacement.Value, clock.GetUtcNow());
        if (corrected.IsFailure)
        {
            return corrected.Error;
        }

        var (own, released) = corrected.Value;
        if (own != order)
        {
            await orders.AddAsync(own, cancellationToken);
        }

        if (replacement.Value is not null)
        {
            await MoveStockAsync(own, released, sold, purchase.ProductId, cancellationToken);
        }

        return Result.Ok;
    }

    /// <summary>Locks both products in id order, and finds the one that takes the other's place; null when it stays.</summary>
    private async Task<Result<ProductSnapshot?>> FindReplacementAsync(long current, long? wanted, CancellationToken cancellationToken)
    {
        if (wanted is null || wanted == current)
        {
            return (ProductSnapshot?)null;
        }

        Product? replacement = null;
        foreach (var id in new[] { current, wanted.Value }.Order())
        {
            var locked = await products.FindForUpdateAsync(ProductSpecs.ByIds([id]), cancellationToken);
            replacement = id == wanted ? locked : replacement;
        }

        return replacement is { DeletedAt: null }
            ? new ProductSnapshot(replacement.Id, replacement.Sku, replacement.Name, replacement.Price)
            : ProductErrors.Unknown;
    }

    private async Task MoveStockAsync(Order order, StockLine released, StockLine sold, long productId, CancellationToken cancellationToken)
    {
        if (released.Quantity > 0)
        {
            await stock.GiveBackAsync([released], StockReason.Released, order.Id, cancellationToken);
        }

        var resold = sold with { ProductId = productId };
        if (order.Origin == OrderOrigin.Recorded)
        {
            order.HoldStock(await stock.TakeUpToAsync(resold, StockReason.Recorded, order.Id, cancellationToken));
        }

        await stock.CountSoldAsync([sold with { Quantity = -sold.Quantity }, resold], cancellationToken);
    }
}
