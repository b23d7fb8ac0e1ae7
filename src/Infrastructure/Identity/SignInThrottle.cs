using Microsoft.EntityFrameworkCore;
using Shop.Application.Abstractions;
using Shop.Domain.Common;
using Shop.Domain.Users;
using Shop.Infrastructure.Persistence;

namespace Shop.Infrastructure.Identity;

internal sealed class SignInThrottle(ShopDbContext db, AttemptCounts counts, ICurrentUser caller, ShopSettings settings, TimeProvider clock)
    : ISignInThrottle
{
    public const int MaxFailuresOfAccount = 10;
    public const int MaxFailuresOfAddress = 100;

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

        await counts.CountAsync(AccountKey(account), Window, cancellationToken);
        await counts.CountAsync(AddressKey(), Window, cancellationToken);
        await counts.PurgeAsync(cancellationToken);
    }

    public async Task ForgetAsync(string account, CancellationToken cancellationToken)
    {
        var key = AccountKey(account);
        await db.SignInFailures.Where(row => row.KeyHash == key).ExecuteDeleteAsync(cancellationToken);
    }

    private static byte[] AccountKey(string account) => AttemptCounts.Key("account:" + account.Trim().ToLowerInvariant());

    private byte[] AddressKey() => AttemptCounts.Key("address:" + caller.Address);
}
