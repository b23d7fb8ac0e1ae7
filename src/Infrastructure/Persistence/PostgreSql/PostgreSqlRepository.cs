using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Domain.Common;
using Shop.Domain.Orders;
using Shop.Infrastructure.Persistence.Paging;

namespace Shop.Infrastructure.Persistence.PostgreSql;

/// <summary>Locks a row and reads it in one trip; the lock comes first, so that what is read is what the lock holds.</summary>
internal sealed class PostgreSqlRepository<T>(
    ShopDbContext db, KeysetPager pager, AutoMapper.IConfigurationProvider mapping, Subscribers subscribers) : EfRepository<T>(db, pager, mapping)
    where T : class
{
    private readonly ShopDbContext _db = db;

    public override async Task<T?> FindForUpdateAsync(ISpecification<T> specification, CancellationToken cancellationToken)
    {
        var isLocked = false;
        AskAhead();
        _db.Ahead.LockNext(found => isLocked = found);
        var aggregates = await Read(specification).ToListAsync(cancellationToken);
        return isLocked ? aggregates.SingleOrDefault() : null;
    }

    public override Task LockAsync(long id, CancellationToken cancellationToken)
    {
        AskAhead();
        _db.Ahead.Add(
            $"SELECT 1 FROM {_db.Model.FindEntityType(typeof(T))!.GetTableName()} WHERE id = @id FOR NO KEY UPDATE",
            answered: null,
            new NpgsqlParameter<long>("id", id));
        return Task.CompletedTask;
    }

    /// <summary>What is done to an order is nearly always told.</summary>
    private void AskAhead()
    {
        if (typeof(T) == typeof(Order))
        {
            subscribers.AskAhead();
        }
    }
}
