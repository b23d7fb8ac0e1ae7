using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Orders;

namespace Shop.Application.Orders;

/// <summary>Begins an order, or places it at once; in somebody else's name for an admin.</summary>
[Access(Who.SignedIn)]
public sealed record CreateOrder : ICommand<Order>
{
    /// <summary>What is bought; equal products are summed. Required unless <see cref="ProductId"/> is given.</summary>
    public IReadOnlyList<OrderLineInput>? Items { get; init; }

    /// <summary>What is bought, where it is one product.</summary>
    public long? ProductId { get; init; }

    /// <summary>Units of the one product; 1 unless said.</summary>
    public int? Quantity { get; init; }

    /// <summary>Who buys; the caller unless said.</summary>
    public long? UserId { get; init; }

    /// <summary><c>active</c> unless said, or <c>placed</c>.</summary>
    public string? Status { get; init; }

    /// <summary>Where it goes, where that is known.</summary>
    public AddressInput? ShippingAddress { get; init; }
}

internal sealed class CreateOrderRules : AbstractValidator<CreateOrder>
{
    public CreateOrderRules()
    {
        RuleFor(command => command.Items)
            .NotEmpty().When(command => command.ProductId is null, ApplyConditionTo.CurrentValidator)
            .WithMessage("Give items, or one product_id with its quantity.")
            .Null().When(command => command.ProductId is not null, ApplyConditionTo.CurrentValidator)
            .WithMessage("Give either items or product_id, not both.");
        RuleForEach(command => command.Items).NotNull().WithMessage("This is not an item.").SetValidator(new OrderLineRules());
        RuleFor(command => command.Quantity).Quantity();
        RuleFor(command => command.Status).StatusText(OrderStatus.Active, OrderStatus.Placed);
        RuleFor(command => command.ShippingAddress!).SetValidator(new AddressRules());
    }
}

internal sealed class CreateOrderHandler(NewOrder newOrder, ICurrentUser caller)
    : IRequestHandler<CreateOrder, Result<Order>>
{
    public async Task<Result<Order>> Handle(CreateOrder command, CancellationToken cancellationToken)
    {
        var userId = command.UserId ?? caller.RequiredId;
        if (!caller.MayActFor(userId))
        {
            return OrderErrors.UserForAdmins;
        }

        var lines = command.Items ?? [new OrderLineInput { ProductId = command.ProductId, Quantity = command.Quantity }];
        return await newOrder.AddAsync(userId, lines, OrderStatusText.Parse(command.Status), command.ShippingAddress, cancellationToken);
    }
}
