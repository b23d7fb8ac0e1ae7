using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Orders;
using Shop.Domain.Users;

namespace Shop.Application.Orders;

/// <summary>Begins an order of one product for a user: for oneself, or for anybody by an admin.</summary>
[Access(Who.SignedIn)]
public sealed record CreateUserOrder : ICommand<Order>
{
    /// <summary>Who buys.</summary>
    [JsonIgnore]
    public long UserId { get; init; }

    /// <summary>What is bought; required.</summary>
    public long? ProductId { get; init; }

    /// <summary>Units; 1 unless said.</summary>
    public int? Quantity { get; init; }

    /// <summary><c>active</c> unless said, or <c>placed</c>.</summary>
    public string? Status { get; init; }
}

internal sealed class CreateUserOrderRules : AbstractValidator<CreateUserOrder>
{
    public CreateUserOrderRules()
    {
        RuleFor(command => command.ProductId).NotNull().WithMessage("A product is required.");
        RuleFor(command => command.Quantity).Quantity();
        RuleFor(command => command.Status).StatusText(OrderStatus.Active, OrderStatus.Placed);
    }
}

internal sealed class CreateUserOrderHandler(NewOrder newOrder, IRepository<User> users, ICurrentUser caller)
    : IRequestHandler<CreateUserOrder, Result<Order>>
{
    public async Task<Result<Order>> Handle(CreateUserOrder command, CancellationToken cancellationToken)
    {
        if (!caller.MayActFor(command.UserId)
            || (command.UserId != caller.Id && !await users.AnyAsync(UserSpecs.ById(command.UserId), cancellationToken)))
        {
            return UserErrors.NotFound;
        }

        OrderLineInput line = new() { ProductId = command.ProductId, Quantity = command.Quantity };
        return await newOrder.AddAsync(command.UserId, [line], OrderStatusText.Parse(command.Status), address: null, cancellationToken);
    }
}
