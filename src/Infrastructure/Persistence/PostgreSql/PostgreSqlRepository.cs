using Shop.Domain.Common;
using Shop.Domain.Orders;
using Shop.Infrastructure.Persistence.Paging;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>Locks a row and reads it in one trip; the lock comes first, so that what is read is what the lock holds.</summary>
internal sealed class PostgreSqlRepository<T>(
    ShopDbContext db, KeysetPager pager, AutoMapper.IConfigurationProvider mapping, Subscribers subscribers) : EfRepository<T>(db, pager, mapping)
    where T : class
{
    private readonly Ahead _ahead = ((PostgreSqlShopDbContext)db).Ahead;

    public override async Task<T?> FindForUpdateAsync(ISpecification<T> specification, CancellationToken cancellationToken)
    {
        var isLocked = false;
        await LockAheadAsync(specification, found => isLocked = found, cancellationToken);
        var aggregate = await ReadAsync(specification, cancellationToken);
        return isLocked ? aggregate : null;
    }

    public override Task LockAsync(ISpecification<T> specification, CancellationToken cancellationToken) =>
        LockAheadAsync(specification, _ => { }, cancellationToken);

    private Task LockAheadAsync(ISpecification<T> specification, Action<bool> answered, CancellationToken cancellationToken)
    {
        if (typeof(T) == typeof(Order))
        {
            subscribers.AskAhead(); // what is done to an order is nearly always told
        }

        return _ahead.HoldBackAsync(() => LockRowsAsync(specification, cancellationToken), answered);
    }
}
