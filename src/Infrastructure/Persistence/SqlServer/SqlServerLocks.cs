using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Shop.Application.Abstractions;

namespace Shop.Infrastructure.Persistence.SqlServer;

internal sealed class SqlServerLocks(ShopDbContext db) : ILocks
{
    private const int WaitForever = -1;

    /// <exception cref="TimeoutException">The wait was a deadlock's, or was cancelled: the execution strategy repeats the unit of work.</exception>
    public async Task TakeAsync(string name, CancellationToken cancellationToken)
    {
        if (await TakeAsync(name, WaitForever, cancellationToken) is < 0 and var refusal)
        {
            throw new TimeoutException($"The lock '{name}' was not given ({refusal}).");
        }
    }

    public async Task<bool> TryTakeAsync(string name, CancellationToken cancellationToken) =>
        await TakeAsync(name, timeout: 0, cancellationToken) >= 0;

    public async Task<bool> HoldUserAsync(long userId, CancellationToken cancellationToken) =>
        (await db.Database
            .SqlQuery<long>($"SELECT id AS [Value] FROM users WITH (REPEATABLEREAD) WHERE id = {userId} AND erased_at IS NULL")
            .ToListAsync(cancellationToken)).Count > 0;

    private async Task<int> TakeAsync(string name, int timeout, CancellationToken cancellationToken)
    {
        var taken = new SqlParameter("taken", System.Data.SqlDbType.Int) { Direction = System.Data.ParameterDirection.Output };
        await db.Database.ExecuteSqlAsync(
            $"EXEC {taken} = sp_getapplock @Resource = {name}, @LockMode = 'Exclusive', @LockOwner = 'Transaction', @LockTimeout = {timeout}",
            cancellationToken);
        return (int)taken.Value;
    }
}
