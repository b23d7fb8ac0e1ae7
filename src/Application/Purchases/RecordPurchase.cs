using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Catalog;
using Shop.Domain.Common;
using Shop.Domain.Orders;
using Shop.Domain.Users;

namespace Shop.Application.Purchases;

/// <summary>Records a sale made elsewhere, at today's price: an order of one line, already paid. It takes what stock there is.</summary>
/// <param name="UserId">Who bought; required.</param>
/// <param name="ProductId">What was bought, in the catalog; required.</param>
/// <param name="Quantity">Units, 1 unless said.</param>
[Access(Who.Admin)]
public sealed record RecordPurchase(long? UserId, long? ProductId, int? Quantity) : ICommand<long>;

internal sealed class RecordPurchaseRules : AbstractValidator<RecordPurchase>
{
    public RecordPurchaseRules()
    {
        RuleFor(command => command.UserId).NotNull().WithMessage("Say who bought.");
        RuleFor(command => command.ProductId).NotNull().WithMessage("Say what was bought.");
        RuleFor(command => command.Quantity).Quantity();
    }
}

internal sealed class RecordPurchaseHandler(
    IRepository<User> users, IRepository<Product> products, IRepository<Order> orders, IStock stock, TimeProvider clock)
    : IRequestHandler<RecordPurchase, Result<long>>
{
    /// <returns>The id of the purchase's order; the purchase itself gets its id when it is saved.</returns>
    public async Task<Result<long>> Handle(RecordPurchase command, CancellationToken cancellationToken)
    {
        if (await users.FindForUpdateAsync(UserSpecs.ById(command.UserId!.Value), cancellationToken) is not { } buyer)
        {
            return UserErrors.Unknown;
        }

        if (await products.FindForUpdateAsync(ProductSpecs.ById(command.ProductId!.Value), cancellationToken) is not { } product)
        {
            return ProductErrors.Unknown;
        }

        var sold = new StockLine(product.Id, command.Quantity ?? 1);
        var snapshot = new ProductSnapshot(product.Id, product.Sku, product.Name, product.Price);
        var recorded = Order.Record(buyer.Id, snapshot, sold.Quantity, clock.GetUtcNow());
        if (recorded.IsFailure)
        {
            return recorded.Error;
        }

        var order = recorded.Value;
        await orders.AddAsync(order, cancellationToken);
        order.HoldStock(await stock.TakeUpToAsync(sold, StockReason.Recorded, order.Id, cancellationToken));
        await stock.CountSoldAsync([sold], cancellationToken);
        return order.Id;
    }
}
