using MediatR;
using Shop.Application.Common;
using Shop.Domain.Common;

namespace Shop.Application.Orders;

/// <summary>Ends an order before it is shipped; the stock that it holds is free again.</summary>
/// <param name="Id">Which order.</param>
/// <param name="Expected">The version that the caller has seen.</param>
[Access(Who.SignedIn)]
public sealed record CancelOrder(long Id, ExpectedVersion? Expected) : ICommand;

internal sealed class CancelOrderHandler(OrderEditing editing, OrderMoves moves)
    : IRequestHandler<CancelOrder, Result>
{
    public async Task<Result> Handle(CancelOrder command, CancellationToken cancellationToken)
    {
        var found = await editing.FindAsync(command.Id, command.Expected, cancellationToken);
        return found.IsFailure ? found.Error : await moves.CancelAsync(found.Value, cancellationToken);
    }
}
