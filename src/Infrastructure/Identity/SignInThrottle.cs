using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Shop.Application.Abstractions;
using Shop.Domain.Common;
using Shop.Domain.Users;
using Shop.Infrastructure.Persistence;

namespace Shop.Infrastructure.Identity;

/// <summary>Failures lie in the database, so that a restart forgets none and every node knows them (docs/adr/0005).</summary>
internal sealed class SignInThrottle(
    ShopDbContext db, IDatabaseErrors databaseErrors, ICurrentUser caller, ShopSettings settings, PurgeSchedule schedule, TimeProvider clock) : ISignInThrottle
{
    public const int MaxFailuresOfAccount = 10;
    public const int MaxFailuresOfAddress = 100;

    private const int PurgedAtOnce = 1_000;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    public async Task<Error?> RefusalAsync(string account, CancellationToken cancellationToken)
    {
        if (!settings.RateLimitsEnabled)
        {
            return null;
        }

        var (ofAccount, ofAddress, now) = (AccountKey(account), AddressKey(), clock.GetUtcNow());
        var end = await db.SignInFailures
            .Where(row => row.EndsAt > now
                && ((row.KeyHash == ofAccount && row.Failures >= MaxFailuresOfAccount)
                    || (row.KeyHash == ofAddress && row.Failures >= MaxFailuresOfAddress)))
            .MaxAsync(row => (DateTimeOffset?)row.EndsAt, cancellationToken);
        return end is null ? null : UserErrors.TooManyAttempts with { RetryAfter = end - now };
    }

    public async Task CountFailureAsync(string account, CancellationToken cancellationToken)
    {
        if (!settings.RateLimitsEnabled)
        {
            return;
        }

        db.ChangeTracker.Clear();
        await CountAsync(AccountKey(account), cancellationToken);
        await CountAsync(AddressKey(), cancellationToken);
        await PurgeAsync(cancellationToken);
    }

    public async Task ForgetAsync(string account, CancellationToken cancellationToken)
    {
        var key = AccountKey(account);
        await db.SignInFailures.Where(row => row.KeyHash == key).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Counts on in the window that is open, else opens one; again when somebody else opens it at the same moment.</summary>
    private async Task CountAsync(byte[] key, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        while (await db.SignInFailures
            .Where(row => row.KeyHash == key)
            .ExecuteUpdateAsync(
                row => row
                    .SetProperty(each => each.Failures, each => each.EndsAt > now ? each.Failures + 1 : 1)
                    .SetProperty(each => each.EndsAt, each => each.EndsAt > now ? each.EndsAt : now + Window),
                cancellationToken) == 0)
        {
            db.SignInFailures.Add(new SignInFailures { KeyHash = key, Failures = 1, EndsAt = now + Window });
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return;
            }
            catch (DbUpdateException exception) when (databaseErrors.BrokenConstraint(exception) is not null)
            {
            }
            finally
            {
                db.ChangeTracker.Clear();
            }
        }
    }

    private async Task PurgeAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (schedule.IsDue(nameof(SignInFailures), now))
        {
            await db.SignInFailures.Where(row => row.EndsAt <= now).OrderBy(row => row.EndsAt).Take(PurgedAtOnce).ExecuteDeleteAsync(cancellationToken);
        }
    }

    private static byte[] AccountKey(string account) => Hash("account:" + account.Trim().ToLowerInvariant());

    private byte[] AddressKey() => Hash("address:" + caller.Address);

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
