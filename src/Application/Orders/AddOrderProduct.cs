using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Catalog;
using Shop.Domain.Common;

namespace Shop.Application.Orders;

/// <summary>Puts units of a product into an active order, adding up with those that are in it.</summary>
[Access(Who.SignedIn)]
public sealed record AddOrderProduct : ICommand
{
    /// <summary>Which order.</summary>
    [JsonIgnore]
    public long Id { get; init; }

    /// <summary>What is bought; required.</summary>
    public long? ProductId { get; init; }

    /// <summary>Units; 1 unless said. Its other name is <c>orderQuantity</c>.</summary>
    public int? Quantity { get; init; }
}

internal sealed class AddOrderProductRules : AbstractValidator<AddOrderProduct>
{
    public AddOrderProductRules()
    {
        RuleFor(command => command.ProductId).NotNull().WithMessage("A product is required.");
        RuleFor(command => command.Quantity).Quantity();
    }
}

internal sealed class AddOrderProductHandler(
    OrderEditing editing, IRepository<Product> products, TimeProvider clock)
    : IRequestHandler<AddOrderProduct, Result>
{
    public async Task<Result> Handle(AddOrderProduct command, CancellationToken cancellationToken)
    {
        var found = await editing.FindAsync(command.Id, expected: null, cancellationToken);
        if (found.IsFailure)
        {
            return found.Error;
        }

        var productId = command.ProductId!.Value;
        return await products.AnyAsync(ProductSpecs.ById(productId), cancellationToken)
            ? found.Value.AddItem(productId, command.Quantity ?? 1, clock.GetUtcNow())
            : ProductErrors.Unknown;
    }
}
