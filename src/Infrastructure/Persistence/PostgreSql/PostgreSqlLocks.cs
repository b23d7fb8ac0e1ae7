using Microsoft.EntityFrameworkCore;
using Npgsql;
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

    public async Task<bool> HoldUserAsync(long userId, CancellationToken cancellationToken)
    {
        await using var batch = db.NewBatch();
        var hold = new NpgsqlBatchCommand("SELECT id FROM users WHERE id = $1 AND erased_at IS NULL FOR SHARE");
        hold.Parameters.Add(new NpgsqlParameter<long> { TypedValue = userId });
        batch.BatchCommands.Add(hold);
        return await batch.ExecuteScalarAsync(cancellationToken) is not null;
    }
}
