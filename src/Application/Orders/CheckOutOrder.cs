using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Orders;
using Shop.Domain.Users;

namespace Shop.Application.Orders;

/// <summary>Places an active order on the buyer's terms.</summary>
[Access(Who.SignedIn)]
public sealed record CheckOutOrder : ICommand<Order>, ICheckoutInput
{
    /// <summary>Which order.</summary>
    [JsonIgnore]
    public long Id { get; init; }

    /// <inheritdoc />
    public AddressInput? ShippingAddress { get; init; }

    /// <inheritdoc />
    public string? Coupon { get; init; }

    /// <inheritdoc />
    public decimal? ExpectedTotal { get; init; }
}

internal sealed class CheckOutOrderRules : AbstractValidator<CheckOutOrder>
{
    public CheckOutOrderRules() => Include(new CheckoutRules());
}

internal sealed class CheckOutOrderHandler(OrderEditing editing, OrderMoves moves, ILocks locks, ICurrentUser caller)
    : IRequestHandler<CheckOutOrder, Result<Order>>
{
    public async Task<Result<Order>> Handle(CheckOutOrder command, CancellationToken cancellationToken)
    {
        await locks.HoldUserAsync(caller.RequiredId, UserErrors.NotSignedIn, cancellationToken);

        var found = await editing.FindAsync(command.Id, expected: null, cancellationToken);
        if (found.IsFailure)
        {
            return found.Error;
        }

        return await moves.CheckOutAsync(found.Value, command, cancellationToken) is { IsFailure: true } refused ? refused.Error : found.Value;
    }
}
