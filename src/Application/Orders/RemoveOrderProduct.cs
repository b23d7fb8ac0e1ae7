using MediatR;
using Shop.Application.Common;
using Shop.Domain.Common;

namespace Shop.Application.Orders;

/// <summary>Takes a product out of an active order.</summary>
/// <param name="Id">Which order.</param>
/// <param name="ProductId">Which product.</param>
/// <param name="Expected">The version of the order that the caller has seen.</param>
[Access(Who.SignedIn)]
public sealed record RemoveOrderProduct(long Id, long ProductId, ExpectedVersion? Expected) : ICommand;

internal sealed class RemoveOrderProductHandler(OrderEditing editing, TimeProvider clock)
    : IRequestHandler<RemoveOrderProduct, Result>
{
    public async Task<Result> Handle(RemoveOrderProduct command, CancellationToken cancellationToken)
    {
        var found = await editing.FindAsync(command.Id, command.Expected, cancellationToken);
        return found.IsFailure ? found.Error : found.Value.RemoveItem(command.ProductId, clock.GetUtcNow());
    }
}
