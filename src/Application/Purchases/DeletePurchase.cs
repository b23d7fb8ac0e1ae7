using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Catalog;
using Shop.Domain.Common;
using Shop.Domain.Orders;

namespace Shop.Application.Purchases;

/// <summary>
/// Takes a recorded or imported purchase out of the books, as if it had never been made: what stock it held goes back, and an order that
/// is left without lines goes too.
/// </summary>
/// <param name="Id">Which purchase.</param>
[Access(Who.Admin)]
public sealed record DeletePurchase(long Id) : ICommand<PurchaseAnswer>;

internal sealed class DeletePurchaseHandler(
    IRepository<Order> orders, IRepository<OrderItem> purchases, IStock stock, TimeProvider clock)
    : IRequestHandler<DeletePurchase, Result<PurchaseAnswer>>
{
    /// <returns>The purchase as it was.</returns>
    public async Task<Result<PurchaseAnswer>> Handle(DeletePurchase command, CancellationToken cancellationToken)
    {
        if (await orders.FindForUpdateAsync(OrderSpecs.OfPurchase(command.Id), cancellationToken) is not { } order
            || await purchases.GetAsync<PurchaseAnswer>(PurchaseSpecs.OwnedBy(command.Id, userId: null), cancellationToken) is not { } answer)
        {
            return OrderErrors.PurchaseNotFound;
        }

        var removed = order.RemovePurchase(command.Id, clock.GetUtcNow());
        if (removed.IsFailure)
        {
            return removed.Error;
        }

        if (removed.Value.Quantity > 0)
        {
            await stock.GiveBackAsync([removed.Value], StockReason.Released, order.Id, cancellationToken);
        }

        await stock.CountSoldAsync([new StockLine(answer.ProductId, -answer.Quantity)], cancellationToken);
        if (order.Items.Count == 0)
        {
            orders.Remove(order);
        }

        return answer;
    }
}
