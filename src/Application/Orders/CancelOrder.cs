using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Orders;

namespace Shop.Application.Orders;

/// <summary>Ends an order before it is shipped; the stock that it holds is free again.</summary>
/// <param name="Id">Which order.</param>
/// <param name="Expected">The version that the caller has seen.</param>
[Access(Who.SignedIn)]
public sealed record CancelOrder(long Id, ExpectedVersion? Expected) : ICommand;

internal sealed class CancelOrderHandler(IRepository<Order> orders, OrderMoves moves, ICurrentUser caller)
    : IRequestHandler<CancelOrder, Result>
{
    public async Task<Result> Handle(CancelOrder command, CancellationToken cancellationToken)
    {
        var found = await orders.FindToEditAsync(command.Id, caller, command.Expected, cancellationToken);
        return found.IsFailure ? found.Error : await moves.CancelAsync(found.Value, cancellationToken);
    }
}
