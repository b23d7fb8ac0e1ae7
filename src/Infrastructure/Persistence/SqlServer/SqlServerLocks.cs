using System.Data;
using System.Globalization;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Shop.Application.Abstractions;
using Shop.Domain.Common;

namespace Shop.Infrastructure.Persistence.SqlServer;

/// <summary>Locks of sp_getapplock, which no hint of a statement decides: servers that only speak the protocol ignore those.</summary>
internal sealed class SqlServerLocks(ShopDbContext db) : ILocks
{
    private const string Exclusive = "Exclusive";
    private const string Shared = "Shared";
    private const int WaitForever = -1;

    /// <exception cref="TimeoutException">The wait was a deadlock's, or was cancelled: the execution strategy repeats the unit of work.</exception>
    public Task TakeAsync(string name, CancellationToken cancellationToken) => WaitAsync(name, Exclusive, cancellationToken);

    /// <exception cref="TimeoutException">As for <see cref="TakeAsync(string, CancellationToken)"/>.</exception>
    public Task HoldAsync(string name, CancellationToken cancellationToken) => WaitAsync(name, Shared, cancellationToken);

    public async Task<bool> TryTakeAsync(string name, CancellationToken cancellationToken) =>
        await TakeAsync(name, Exclusive, timeout: 0, cancellationToken) >= 0;

    /// <remarks>Who erases the user takes the same lock for themselves alone.</remarks>
    public async Task HoldUserAsync(long userId, Error gone, CancellationToken cancellationToken)
    {
        await WaitAsync(LockNames.User(userId), Shared, cancellationToken);
        db.Refusal ??= await db.Users.AnyAsync(user => user.Id == userId && user.ErasedAt == null, cancellationToken) ? null : gone;
    }

    private async Task WaitAsync(string name, string mode, CancellationToken cancellationToken)
    {
        if (await TakeAsync(name, mode, WaitForever, cancellationToken) is < 0 and var refusal)
        {
            throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"The lock '{name}' was not given ({refusal})."));
        }
    }

    private async Task<int> TakeAsync(string name, string mode, int timeout, CancellationToken cancellationToken)
    {
        var taken = new SqlParameter("taken", SqlDbType.Int) { Direction = ParameterDirection.Output };
        await db.Database.ExecuteSqlAsync(
            $"EXEC {taken} = sp_getapplock @Resource = {name}, @LockMode = {mode}, @LockOwner = 'Transaction', @LockTimeout = {timeout}",
            cancellationToken);
        return (int)taken.Value;
    }
}
