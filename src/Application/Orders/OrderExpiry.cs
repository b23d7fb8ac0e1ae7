using Microsoft.Extensions.Logging;
using Shop.Application.Abstractions;
using Shop.Application.Common.Mapping;
using Shop.Domain.Orders;

namespace Shop.Application.Orders;

/// <summary>Ends orders that were placed and not paid in time. Any number of nodes may do so beside each other.</summary>
public interface IOrderExpiry
{
    /// <summary>Ends all whose time is over now, each in a transaction of its own; one that can't be ended holds up no other.</summary>
    /// <param name="cancellationToken">Gives up after the order at hand.</param>
    Task SweepAsync(CancellationToken cancellationToken);
}

internal sealed partial class OrderExpiry(
    IRepository<Order> orders, OrderMoves moves, IUnitOfWork unitOfWork, PaymentWindow window, TimeProvider clock, ILogger<OrderExpiry> log) : IOrderExpiry
{
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        for (IReadOnlyList<ExpiredOrder> batch = [new(0)]; batch.Count > 0;)
        {
            batch = await orders.ListAsync<ExpiredOrder>(OrderSpecs.Expired(window.PlacedUntil(now), now, afterId: batch[^1].Id), cancellationToken);
            foreach (var order in batch)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await EndAsync(order.Id, cancellationToken);
            }
        }
    }

    private async Task EndAsync(long id, CancellationToken cancellationToken)
    {
        try
        {
            var ended = await unitOfWork.ExecuteAsync(() => moves.ExpireAsync(id, cancellationToken), cancellationToken, repeatsSafely: true);
            if (ended.Error is { } refusal)
            {
                LogRefused(id, refusal.Detail);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception, id);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Order {Id} was not paid in time and can't be ended: {Refusal} It is tried again.")]
    private partial void LogRefused(long id, string refusal);

    [LoggerMessage(LogLevel.Error, "Order {Id} was not paid in time and could not be ended; it is tried again.")]
    private partial void LogFailed(Exception exception, long id);
}

/// <summary>An order whose time to be paid is over.</summary>
/// <param name="Id">Which.</param>
internal sealed record ExpiredOrder(long Id)
{
    private sealed class Projection : AnswerProfile
    {
        public Projection() => CreateMap<Order, ExpiredOrder>().ConvertUsing(order => new ExpiredOrder(order.Id));
    }
}
