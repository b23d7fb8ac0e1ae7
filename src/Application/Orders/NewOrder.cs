using FluentValidation;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Catalog;
using Shop.Domain.Common;
using Shop.Domain.Orders;
using Shop.Domain.Users;

namespace Shop.Application.Orders;

/// <summary>A product and how much of it.</summary>
public sealed record OrderLineInput
{
    /// <summary>What is bought; required.</summary>
    public long? ProductId { get; init; }

    /// <summary>Units; 1 unless said.</summary>
    public int? Quantity { get; init; }
}

internal sealed class OrderLineRules : AbstractValidator<OrderLineInput>
{
    public OrderLineRules()
    {
        RuleFor(line => line.ProductId).NotNull().WithMessage("A product is required.");
        RuleFor(line => line.Quantity).Quantity();
    }
}

/// <summary>Begins an order, and places it at once where that is wanted.</summary>
internal sealed class NewOrder(IRepository<Order> orders, IRepository<Product> products, ILocks locks, OrderMoves moves, TimeProvider clock)
{
    /// <summary>Adds an order whose lines are known to be valid in shape; equal products are summed.</summary>
    /// <returns>The order, which has its lines' ids once it is saved.</returns>
    public async Task<Result<Order>> AddAsync(
        long userId, IReadOnlyList<OrderLineInput> lines, OrderStatus? status, AddressInput? address, CancellationToken cancellationToken)
    {
        await locks.HoldUserAsync(userId, UserErrors.Unknown, cancellationToken);

        var now = clock.GetUtcNow();
        var order = Order.Open(userId, now);
        foreach (var line in lines)
        {
            if (order.AddItem(line.ProductId!.Value, line.Quantity ?? 1, now) is { IsFailure: true } refused)
            {
                return refused.Error;
            }
        }

        if (status != OrderStatus.Placed && await FindUnknownAsync(ProductSpecs.OnSale, order, cancellationToken) is { } notOnSale)
        {
            return notOnSale;
        }

        if (address is not null)
        {
            order.ChangeAddress(address.ToAddress(), now);
        }

        await orders.AddAsync(order, cancellationToken);
        return status == OrderStatus.Placed && await moves.PlaceAsync(order, cancellationToken) is { IsFailure: true } notPlaced
            ? await FindUnknownAsync(ProductSpecs.ByIds, order, cancellationToken) ?? notPlaced.Error
            : order;
    }

    /// <remarks>Placing itself refuses what left the catalog, as for an order that was begun before; what never was in it is another error.</remarks>
    private async Task<Error?> FindUnknownAsync(
        Func<IReadOnlyCollection<long>, Specification<Product>> among, Order order, CancellationToken cancellationToken)
    {
        long[] ids = [.. order.Items.Select(item => item.ProductId)];
        var known = await products.ListAsync<ProductSnapshot>(among(ids), cancellationToken);
        long[] unknown = [.. ids.Except(known.Select(product => product.Id))];
        return unknown.Length > 0 ? ProductErrors.UnknownAmong(unknown) : null;
    }
}
