using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Orders;
using Shop.Domain.Users;

namespace Shop.Application.Orders;

/// <summary>Sends an order elsewhere, moves it along its status machine, or both.</summary>
[Access(Who.SignedIn)]
public sealed record UpdateOrder : ICommand
{
    /// <summary>Which order.</summary>
    [JsonIgnore]
    public long Id { get; init; }

    /// <summary>The version that the caller has seen.</summary>
    [JsonIgnore]
    public ExpectedVersion? Expected { get; init; }

    /// <summary>The next status: <c>placed</c> or <c>cancelled</c>; any for an admin.</summary>
    public string? Status { get; init; }

    /// <summary>Where it goes.</summary>
    public AddressInput? ShippingAddress { get; init; }
}

internal sealed class UpdateOrderRules : AbstractValidator<UpdateOrder>
{
    public UpdateOrderRules()
    {
        RuleFor(command => command.Status)
            .NotNull().When(command => command.ShippingAddress is null, ApplyConditionTo.CurrentValidator)
            .WithMessage("Give a status, a shipping_address, or both.")
            .StatusText();
        RuleFor(command => command.ShippingAddress!).SetValidator(new AddressRules());
    }
}

internal sealed class UpdateOrderHandler(OrderEditing editing, OrderMoves moves, ILocks locks, ICurrentUser caller, TimeProvider clock)
    : IRequestHandler<UpdateOrder, Result>
{
    public async Task<Result> Handle(UpdateOrder command, CancellationToken cancellationToken)
    {
        await locks.HoldUserAsync(caller.RequiredId, UserErrors.NotSignedIn, cancellationToken);

        var found = await editing.FindAsync(command.Id, command.Expected, cancellationToken);
        if (found.IsFailure)
        {
            return found.Error;
        }

        var order = found.Value;
        var to = OrderStatusText.Parse(command.Status);
        if (to is not (null or OrderStatus.Placed or OrderStatus.Cancelled) && !caller.IsAdmin)
        {
            return OrderErrors.StatusForAdmins;
        }

        if (command.ShippingAddress?.ToAddress() is { } address
            && order.ChangeAddress(address, clock.GetUtcNow()) is { IsFailure: true } refused)
        {
            return refused;
        }

        return to is { } status ? await moves.MoveAsync(order, status, cancellationToken) : Result.Ok;
    }
}
