using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Application.Common.Paging;
using Shop.Domain.Common;
using Shop.Domain.Orders;

namespace Shop.Application.Orders;

/// <summary>The caller's orders, or everybody's for an admin, newest first.</summary>
[Access(Who.SignedIn)]
public sealed record ListOrders : IPagedQuery<OrderAnswer>
{
    /// <inheritdoc />
    public required PageRequest Page { get; init; }

    /// <summary>Where they stand.</summary>
    public string? Status { get; init; }

    /// <summary>Who buys.</summary>
    public long? UserId { get; init; }

    /// <summary>Begun at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Begun before this time.</summary>
    public DateTimeOffset? To { get; init; }
}

internal sealed class ListOrdersRules : AbstractValidator<ListOrders>
{
    public ListOrdersRules() => RuleFor(query => query.Status).StatusText();
}

internal sealed class ListOrdersHandler(IRepository<Order> orders, ICurrentUser caller)
    : IRequestHandler<ListOrders, Result<Page<OrderAnswer>>>
{
    public Task<Result<Page<OrderAnswer>>> Handle(ListOrders query, CancellationToken cancellationToken)
    {
        var filter = new OrderFilter(
            caller.OwnerFilter,
            query.UserId,
            OrderStatusText.Parse(query.Status),
            query.From?.ToUniversalTime(),
            query.To?.ToUniversalTime());
        return orders.GetPageAsync<OrderAnswer>(OrderSpecs.List(filter), query.Page, cancellationToken);
    }
}
