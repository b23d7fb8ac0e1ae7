using Microsoft.EntityFrameworkCore;
using Shop.Application.Abstractions;
using Shop.Domain.Catalog;
using Shop.Domain.Common;
using Shop.Domain.Orders;

namespace Shop.Infrastructure.Persistence;

internal class Stock(ShopDbContext db, TimeProvider clock) : IStock
{
    public async Task<Result<IReadOnlyDictionary<long, ProductSnapshot>>> TakeAsync(
        IReadOnlyCollection<StockLine> lines, StockReason reason, long orderId, CancellationToken cancellationToken)
    {
        var sums = Sum(lines);
        var taken = await TakeRowsAsync(sums, cancellationToken);
        foreach (var line in sums)
        {
            db.CatalogChanges.Add(line.ProductId);
        }

        if (taken.Count < sums.Count)
        {
            return await RefuseAsync([.. sums.Where(line => !taken.ContainsKey(line.ProductId))], cancellationToken);
        }

        Note(sums, line => -line.Quantity, reason, orderId);
        return Result<IReadOnlyDictionary<long, ProductSnapshot>>.From(taken);
    }

    /// <summary>Takes each line where there is enough, one after the other in id order, and reads the products that it was taken of.</summary>
    protected virtual async Task<Dictionary<long, ProductSnapshot>> TakeRowsAsync(IReadOnlyList<StockLine> sums, CancellationToken cancellationToken)
    {
        var ids = new List<long>(sums.Count);
        foreach (var line in sums)
        {
            var taken = await db.Products
                .Where(product => product.Id == line.ProductId && product.Stock >= line.Quantity && product.DeletedAt == null)
                .ExecuteUpdateAsync(row => row.SetProperty(product => product.Stock, product => product.Stock - line.Quantity), cancellationToken);
            if (taken > 0)
            {
                ids.Add(line.ProductId);
            }
        }

        return await db.Products
            .Where(product => ids.Contains(product.Id))
            .Select(product => new ProductSnapshot(product.Id, product.Sku, product.Name, product.Price))
            .ToDictionaryAsync(product => product.Id, cancellationToken);
    }

    private async Task<Error> RefuseAsync(IReadOnlyList<StockLine> refused, CancellationToken cancellationToken)
    {
        long[] ids = [.. refused.Select(line => line.ProductId)];
        var rows = await db.Products
            .Where(product => ids.Contains(product.Id))
            .Select(product => new { product.Id, product.Name, product.Stock, product.DeletedAt })
            .ToDictionaryAsync(product => product.Id, cancellationToken);
        long[] gone = [.. refused.Select(line => line.ProductId).Where(id => !rows.TryGetValue(id, out var row) || row.DeletedAt is not null)];
        return gone.Length > 0
            ? ProductErrors.Unavailable(gone)
            : ProductErrors.InsufficientStock(
                [.. refused.Select(line => new StockShortage(line.ProductId, rows[line.ProductId].Name, line.Quantity, rows[line.ProductId].Stock))]);
    }

    public async Task<IReadOnlyList<StockLine>> FindMissingAsync(IReadOnlyCollection<StockLine> lines, CancellationToken cancellationToken)
    {
        var wanted = Sum(lines).ToDictionary(line => line.ProductId, line => line.Quantity);
        long[] ids = [.. wanted.Keys];
        var there = await db.Products
            .Where(product => ids.Contains(product.Id) && product.DeletedAt == null)
            .Select(product => new StockLine(product.Id, product.Stock))
            .ToListAsync(cancellationToken);
        return
        [
            .. there
                .Where(line => line.Quantity < wanted[line.ProductId])
                .Select(line => line with { Quantity = wanted[line.ProductId] - line.Quantity }),
        ];
    }

    public async Task LockAsync(IEnumerable<long> productIds, CancellationToken cancellationToken)
    {
        foreach (var id in productIds.Distinct().Order())
        {
            await LockAsync(id, cancellationToken);
        }
    }

    public async Task<int> TakeUpToAsync(StockLine line, StockReason reason, long orderId, CancellationToken cancellationToken)
    {
        var product = db.Products.Where(each => each.Id == line.ProductId);
        await LockAsync(line.ProductId, cancellationToken);
        var taken = Math.Min(line.Quantity, await product.Select(each => each.Stock).SingleAsync(cancellationToken));
        if (taken > 0)
        {
            await product.ExecuteUpdateAsync(row => row.SetProperty(each => each.Stock, each => each.Stock - taken), cancellationToken);
            db.CatalogChanges.Add(line.ProductId);
            Note([line with { Quantity = taken }], each => -each.Quantity, reason, orderId);
        }

        return taken;
    }

    public async Task GiveBackAsync(
        IReadOnlyCollection<StockLine> lines, StockReason reason, long orderId, CancellationToken cancellationToken)
    {
        var sums = Sum(lines);
        foreach (var line in sums)
        {
            await db.Products
                .Where(product => product.Id == line.ProductId)
                .ExecuteUpdateAsync(row => row.SetProperty(product => product.Stock, product => product.Stock + line.Quantity), cancellationToken);
            db.CatalogChanges.Add(line.ProductId);
        }

        Note(sums, line => line.Quantity, reason, orderId);
    }

    public void Note(long productId, int delta, StockReason reason)
    {
        if (delta != 0)
        {
            db.Append(StockMovement.Of(productId, delta, reason, orderId: null, clock.GetUtcNow()));
        }
    }

    public async Task CountSoldAsync(IReadOnlyCollection<StockLine> lines, CancellationToken cancellationToken)
    {
        var sums = Sum(lines);
        await CountRowsAsync(sums, cancellationToken);
        foreach (var line in sums)
        {
            db.CatalogChanges.Add(line.ProductId);
        }
    }

    /// <summary>Counts each line, one after the other in id order.</summary>
    protected virtual async Task CountRowsAsync(IReadOnlyList<StockLine> sums, CancellationToken cancellationToken)
    {
        foreach (var line in sums)
        {
            await db.Products
                .Where(product => product.Id == line.ProductId)
                .ExecuteUpdateAsync(
                    row => row.SetProperty(product => product.UnitsSold, product => product.UnitsSold + line.Quantity), cancellationToken);
        }
    }

    /// <summary>An update that changes nothing locks the row on either database until the transaction ends.</summary>
    private Task<int> LockAsync(long productId, CancellationToken cancellationToken) =>
        db.Products
            .Where(product => product.Id == productId)
            .ExecuteUpdateAsync(row => row.SetProperty(product => product.Stock, product => product.Stock), cancellationToken);

    private static List<StockLine> Sum(IReadOnlyCollection<StockLine> lines) =>
    [
        .. lines
            .GroupBy(line => line.ProductId)
            .OrderBy(group => group.Key)
            .Select(group => new StockLine(group.Key, checked((int)group.Sum(line => (long)line.Quantity)))),
    ];

    private void Note(List<StockLine> lines, Func<StockLine, int> delta, StockReason reason, long orderId)
    {
        var now = clock.GetUtcNow();
        foreach (var line in lines)
        {
            db.Append(StockMovement.Of(line.ProductId, delta(line), reason, orderId, now));
        }
    }
}
