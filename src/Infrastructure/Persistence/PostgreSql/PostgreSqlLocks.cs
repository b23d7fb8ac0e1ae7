using Microsoft.EntityFrameworkCore;
using Shop.Application.Abstractions;

namespace Shop.Infrastructure.Persistence.PostgreSql;

internal sealed class PostgreSqlLocks(ShopDbContext db) : ILocks
{
    public Task TakeAsync(string name, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({name}, 0))", cancellationToken);

    public Task HoldAsync(string name, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock_shared(hashtextextended({name}, 0))", cancellationToken);

    public async Task<bool> TryTakeAsync(string name, CancellationToken cancellationToken) =>
        await db.Database
            .SqlQuery<bool>($"SELECT pg_try_advisory_xact_lock(hashtextextended({name}, 0)) AS \"Value\"")
            .SingleAsync(cancellationToken);

    public async Task<bool> HoldUserAsync(long userId, CancellationToken cancellationToken) =>
        (await db.Database
            .SqlQuery<long>($"SELECT id AS \"Value\" FROM users WHERE id = {userId} AND erased_at IS NULL FOR SHARE")
            .ToListAsync(cancellationToken)).Count > 0;
}
