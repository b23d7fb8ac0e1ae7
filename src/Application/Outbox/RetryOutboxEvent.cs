using MediatR;
using Shop.Application.Abstractions;
using Shop.Application.Common;
using Shop.Domain.Common;
using Shop.Domain.Outbox;

namespace Shop.Application.Outbox;

/// <summary>Sends an event that was given up again, to those consumers alone that did not get it.</summary>
/// <param name="Id">Its key in the outbox.</param>
[Access(Who.Admin)]
public sealed record RetryOutboxEvent(long Id) : ICommand;

internal sealed class RetryOutboxEventHandler(IRepository<OutboxEvent> events, IOutbox outbox) : IRequestHandler<RetryOutboxEvent, Result>
{
    public async Task<Result> Handle(RetryOutboxEvent command, CancellationToken cancellationToken) =>
        await outbox.ReviveAsync(command.Id, cancellationToken) > 0 ? Result.Ok
        : await events.AnyAsync(OutboxSpecs.ById(command.Id), cancellationToken) ? OutboxErrors.NotDead
        : OutboxErrors.NotFound;
}
