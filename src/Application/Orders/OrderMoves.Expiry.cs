using Shop.Application.Abstractions;
using Shop.Domain.Catalog;
using Shop.Domain.Common;
using Shop.Domain.Orders;

namespace Shop.Application.Orders;

/// <content>
/// The end of orders that were not paid in time. Locks are taken as everywhere, orders before products and both by id, so what is expired is
/// released before anything is taken: whoever holds a product waits for no order.
/// </content>
internal sealed partial class OrderMoves
{
    /// <summary>Whether an earlier try in this scope found stock that expired orders hold. Who has enough looks for none.</summary>
    private bool _releasesFirst;

    private DateTimeOffset Now => clock.GetUtcNow();

    private DateTimeOffset PlacedUntil => window.PlacedUntil(Now);

    /// <summary>Ends an order if its time is over, it was not paid, and nobody ended it meanwhile.</summary>
    public async Task<Result> ExpireAsync(long orderId, CancellationToken cancellationToken)
    {
        if (await FindExpiredAsync(orderId, cancellationToken) is not { } order)
        {
            return Result.Ok;
        }

        var held = await EndAsync(order, CancelReasons.Expired, cancellationToken);
        await stock.GiveBackAsync(held.Value, StockReason.Released, order.Id, cancellationToken);
        return Result.Ok;
    }

    /// <summary>Ends as many expired orders as it takes until there is enough of everything that is wanted, or no more of them.</summary>
    /// <returns>The orders that it looked at.</returns>
    private async Task<IReadOnlyCollection<long>> ReleaseExpiredAsync(IReadOnlyList<StockLine> wanted, CancellationToken cancellationToken)
    {
        var missing = (await stock.FindMissingAsync(wanted, cancellationToken)).ToDictionary(line => line.ProductId, line => line.Quantity);
        if (missing.Count == 0)
        {
            return [];
        }

        var (seen, held) = await EndExpiredAsync(missing, cancellationToken);
        if (held.Count > 0)
        {
            await stock.LockAsync(held.SelectMany(each => each.Value).Concat(wanted).Select(line => line.ProductId), cancellationToken);
            foreach (var (orderId, lines) in held)
            {
                await stock.GiveBackAsync(lines, StockReason.Released, orderId, cancellationToken);
            }
        }

        return seen;
    }

    private async Task<(IReadOnlyCollection<long> Seen, Dictionary<long, IReadOnlyList<StockLine>> Held)> EndExpiredAsync(
        Dictionary<long, int> missing, CancellationToken cancellationToken)
    {
        var (seen, held) = (new List<long>(), new Dictionary<long, IReadOnlyList<StockLine>>());
        while (missing.Count > 0 && await FindHoldersAsync(missing.Keys, seen, cancellationToken) is { Count: > 0 } holders)
        {
            foreach (var id in holders.Select(holder => holder.Id).TakeWhile(_ => missing.Count > 0))
            {
                seen.Add(id);
                if (await FindExpiredAsync(id, cancellationToken) is { } order)
                {
                    held[id] = (await EndAsync(order, CancelReasons.Expired, cancellationToken)).Value;
                    Subtract(held[id], missing);
                }
            }
        }

        return (seen, held);
    }

    /// <summary>
    /// There is too little. Where expired orders hold some of it, the work begins again and releases them first: here it would wait for
    /// orders while it holds products.
    /// </summary>
    private async Task RepeatIfExpiredAsync(Error refusal, IReadOnlyCollection<long> released, CancellationToken cancellationToken)
    {
        long[] missing = [.. ProductErrors.ShortagesOf(refusal).Select(shortage => shortage.ProductId)];
        if (missing.Length > 0 && (await FindHoldersAsync(missing, released, cancellationToken)).Count > 0)
        {
            _releasesFirst = true;
            throw new RepeatWorkException("Expired orders hold stock that an order lacks.");
        }
    }

    private Task<IReadOnlyList<ExpiredOrder>> FindHoldersAsync(
        IReadOnlyCollection<long> productIds, IReadOnlyCollection<long> exceptIds, CancellationToken cancellationToken) =>
        orders.ListAsync<ExpiredOrder>(OrderSpecs.ExpiredHolding(PlacedUntil, Now, productIds, exceptIds), cancellationToken);

    /// <summary>The lock comes first and the order is looked at again under it: of paying it and ending it, one happens.</summary>
    private Task<Order?> FindExpiredAsync(long orderId, CancellationToken cancellationToken) =>
        orders.FindForUpdateAsync(OrderSpecs.ExpiredById(orderId, PlacedUntil, Now), cancellationToken);

    private static void Subtract(IReadOnlyList<StockLine> released, Dictionary<long, int> missing)
    {
        foreach (var line in released)
        {
            if (missing.TryGetValue(line.ProductId, out var units))
            {
                missing.Remove(line.ProductId);
                if (units > line.Quantity)
                {
                    missing[line.ProductId] = units - line.Quantity;
                }
            }
        }
    }
}
