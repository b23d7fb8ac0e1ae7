using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Application.Common.Mapping;
using Shop.Application.Common.Paging;
using Shop.Domain.Common;
using Shop.Domain.Orders;

namespace Shop.Application.Orders;

/// <summary>Who changed what of an order, and when, newest first: of one's own, or of anybody's for an admin.</summary>
/// <param name="Id">The order's id.</param>
/// <param name="Page">Which page.</param>
[Access(Who.SignedIn)]
public sealed record GetOrderHistory(long Id, PageRequest Page) : IPagedQuery<OrderChangeAnswer>;

/// <summary>One entry of an order's history.</summary>
public sealed record OrderChangeAnswer
{
    /// <summary>The entry's id.</summary>
    public required long Id { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who did it; null for the shop itself.</summary>
    public required long? UserId { get; init; }

    /// <summary>
    /// The new status, or <c>created</c>, <c>line_added</c>, <c>line_changed</c>, <c>line_removed</c>, <c>address_changed</c>,
    /// <c>discount_changed</c>, <c>buyer_changed</c>.
    /// </summary>
    public required string Change { get; init; }

    /// <summary>What was before: a status, units of a line, an amount or a user; null where there was nothing.</summary>
    public required string? From { get; init; }

    /// <summary>What is now; null where there is nothing.</summary>
    public required string? To { get; init; }

    /// <summary>More about it: the product of a line, or why the order was cancelled; null where there is nothing to say.</summary>
    public required string? Detail { get; init; }

    private sealed class Projection : AnswerProfile
    {
        public Projection() => CreateMap<OrderChange, OrderChangeAnswer>();
    }
}

internal sealed class GetOrderHistoryHandler(IRepository<Order> orders, IRepository<OrderChange> changes, ICurrentUser caller)
    : IRequestHandler<GetOrderHistory, Result<Page<OrderChangeAnswer>>>
{
    public async Task<Result<Page<OrderChangeAnswer>>> Handle(GetOrderHistory query, CancellationToken cancellationToken) =>
        await orders.AnyAsync(OrderSpecs.OwnedBy(query.Id, caller.OwnerFilter), cancellationToken)
            ? await changes.GetPageAsync<OrderChangeAnswer>(OrderChangeSpecs.Of(query.Id), query.Page, cancellationToken)
            : OrderErrors.NotFound;
}
