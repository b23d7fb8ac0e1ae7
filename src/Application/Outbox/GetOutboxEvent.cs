using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Outbox;

namespace Shop.Application.Outbox;

/// <summary>One event, and how far it came.</summary>
/// <param name="Id">Its key in the outbox.</param>
[Access(Who.Admin)]
public sealed record GetOutboxEvent(long Id) : IQuery<OutboxEventAnswer>;

internal sealed class GetOutboxEventHandler(IRepository<OutboxEvent> events) : IRequestHandler<GetOutboxEvent, Result<OutboxEventAnswer>>
{
    public async Task<Result<OutboxEventAnswer>> Handle(GetOutboxEvent query, CancellationToken cancellationToken) =>
        await events.GetAsync<OutboxEventAnswer>(OutboxSpecs.ById(query.Id), cancellationToken) is { } found ? found : OutboxErrors.NotFound;
}
