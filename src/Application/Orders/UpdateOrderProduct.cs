using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Shop.Application.Common;
using Shop.Domain.Common;

namespace Shop.Application.Orders;

/// <summary>Changes the units of a product in an active order.</summary>
[Access(Who.SignedIn)]
public sealed record UpdateOrderProduct : ICommand
{
    /// <summary>Which order.</summary>
    [JsonIgnore]
    public long Id { get; init; }

    /// <summary>Which product.</summary>
    [JsonIgnore]
    public long ProductId { get; init; }

    /// <summary>The version of the order that the caller has seen.</summary>
    [JsonIgnore]
    public ExpectedVersion? Expected { get; init; }

    /// <summary>Units; required. Its other name is <c>orderQuantity</c>.</summary>
    public int? Quantity { get; init; }
}

internal sealed class UpdateOrderProductRules : AbstractValidator<UpdateOrderProduct>
{
    public UpdateOrderProductRules() => RuleFor(command => command.Quantity).NotNull().WithMessage("A quantity is required.").Quantity();
}

internal sealed class UpdateOrderProductHandler(OrderEditing editing, TimeProvider clock)
    : IRequestHandler<UpdateOrderProduct, Result>
{
    public async Task<Result> Handle(UpdateOrderProduct command, CancellationToken cancellationToken)
    {
        var found = await editing.FindAsync(command.Id, command.Expected, cancellationToken);
        return found.IsFailure ? found.Error : found.Value.ChangeQuantity(command.ProductId, command.Quantity!.Value, clock.GetUtcNow());
    }
}
