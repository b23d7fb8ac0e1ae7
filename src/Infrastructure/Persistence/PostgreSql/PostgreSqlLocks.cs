using Microsoft.EntityFrameworkCore;
using Npgsql;
using Shop.Application.Abstractions;
using Shop.Domain.Common;

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

    public Task HoldUserAsync(long userId, Error gone, CancellationToken cancellationToken)
    {
        db.Ahead.Add(
            "SELECT id FROM users WHERE id = @user AND erased_at IS NULL FOR SHARE",
            row => db.Refusal ??= row is null ? gone : null,
            new NpgsqlParameter<long>("user", userId));
        return Task.CompletedTask;
    }
}
