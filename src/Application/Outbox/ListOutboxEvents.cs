using FluentValidation;
using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Application.Common.Paging;
using Shop.Domain.Common;
using Shop.Domain.Outbox;

namespace Shop.Application.Outbox;

/// <summary>What happened lately and how far it came, newest first.</summary>
[Access(Who.Admin)]
public sealed record ListOutboxEvents : IPagedQuery<OutboxEventAnswer>
{
    /// <summary>What events can be asked for by.</summary>
    public static readonly IReadOnlyDictionary<string, DeliveryStatus> Statuses = new Dictionary<string, DeliveryStatus>
    {
        ["waiting"] = DeliveryStatus.Waiting,
        ["dead"] = DeliveryStatus.Dead,
        ["failed"] = DeliveryStatus.Dead,
        ["done"] = DeliveryStatus.Done,
    };

    /// <inheritdoc />
    public required PageRequest Page { get; init; }

    /// <summary><c>waiting</c>, <c>dead</c> (or <c>failed</c>, the same), <c>done</c>; all unless said.</summary>
    public string? Status { get; init; }
}

internal sealed class ListOutboxEventsRules : AbstractValidator<ListOutboxEvents>
{
    public ListOutboxEventsRules() => RuleFor(query => query.Status)
        .Must(status => status is null || ListOutboxEvents.Statuses.ContainsKey(status))
        .WithMessage($"Give one of {string.Join(", ", ListOutboxEvents.Statuses.Keys)}.");
}

internal sealed class ListOutboxEventsHandler(IRepository<OutboxEvent> events)
    : IRequestHandler<ListOutboxEvents, Result<Page<OutboxEventAnswer>>>
{
    public Task<Result<Page<OutboxEventAnswer>>> Handle(ListOutboxEvents query, CancellationToken cancellationToken) =>
        events.GetPageAsync<OutboxEventAnswer>(
            OutboxSpecs.List(query.Status is null ? null : ListOutboxEvents.Statuses[query.Status]), query.Page, cancellationToken);
}
