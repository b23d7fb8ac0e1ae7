using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Shop.Application.Abstractions;

namespace Shop.Infrastructure.Persistence;

internal sealed class IdempotencyKeys(ShopDbContext db, ILocks locks, TimeProvider clock, PurgeSchedule schedule) : IIdempotencyKeys
{
    private const int PurgedAtOnce = 1_000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    public Task<bool> TryClaimAsync(long userId, string key, CancellationToken cancellationToken) =>
        locks.TryTakeAsync($"idempotency_key:{userId}:{Convert.ToHexStringLower(Hash(key))}", cancellationToken);

    public async Task<KeptAnswer?> FindAsync(long userId, string key, CancellationToken cancellationToken)
    {
        var (hash, now) = (Hash(key), clock.GetUtcNow());
        return await db.IdempotencyKeys
            .Where(row => row.UserId == userId && row.KeyHash == hash && row.ExpiresAt > now)
            .Select(row => new KeptAnswer(row.RequestHash, row.Status, row.ContentType, row.Location, row.ETag, row.Body, row.Claim))
            .SingleOrDefaultAsync(cancellationToken);
    }

    public async Task KeepAsync(long userId, string key, KeptAnswer answer, CancellationToken cancellationToken)
    {
        var hash = Hash(key);
        await db.IdempotencyKeys.Where(row => row.UserId == userId && row.KeyHash == hash).ExecuteDeleteAsync(cancellationToken);
        db.IdempotencyKeys.Add(new IdempotencyKey
        {
            UserId = userId,
            KeyHash = hash,
            RequestHash = answer.RequestHash,
            Status = answer.Status,
            ContentType = answer.ContentType,
            Location = answer.Location,
            ETag = answer.ETag,
            Body = answer.Body,
            ExpiresAt = clock.GetUtcNow() + Lifetime,
        });
    }

    public async Task<LeasedKey> LeaseAsync(long userId, string key, byte[] requestHash, KeptAnswer? known, CancellationToken cancellationToken)
    {
        var (hash, now) = (Hash(key), clock.GetUtcNow());
        var rows = db.IdempotencyKeys.Where(row => row.UserId == userId && row.KeyHash == hash);
        if (known is { Claim: { } claim })
        {
            var taken = await rows
                .Where(row => row.LeasedUntil <= now)
                .ExecuteUpdateAsync(row => row.SetProperty(each => each.LeasedUntil, now + Lease), cancellationToken);
            return new LeasedKey(claim, taken == 1);
        }

        var fresh = new IdempotencyKey
        {
            UserId = userId,
            KeyHash = hash,
            RequestHash = requestHash,
            Status = IdempotencyKey.InFlight,
            ContentType = null,
            Location = null,
            ETag = null,
            Body = [],
            Claim = Guid.NewGuid().ToString("N"),
            LeasedUntil = now + Lease,
            ExpiresAt = now + Lifetime,
        };
        await rows.ExecuteDeleteAsync(cancellationToken);
        db.IdempotencyKeys.Add(fresh);
        return new LeasedKey(fresh.Claim, IsTaken: true);
    }

    public Task EndLeaseAsync(long userId, string key, string claim, KeptAnswer? answer, bool forget, CancellationToken cancellationToken)
    {
        var (hash, now) = (Hash(key), clock.GetUtcNow());
        var own = db.IdempotencyKeys.Where(row =>
            row.UserId == userId && row.KeyHash == hash && row.Claim == claim && row.Status == IdempotencyKey.InFlight);
        return (forget, answer) switch
        {
            (true, _) => own.ExecuteDeleteAsync(cancellationToken),
            (_, null) => own.ExecuteUpdateAsync(row => row.SetProperty(each => each.LeasedUntil, now), cancellationToken),
            _ => own.ExecuteUpdateAsync(
                row => row
                    .SetProperty(each => each.Status, answer.Status)
                    .SetProperty(each => each.ContentType, answer.ContentType)
                    .SetProperty(each => each.Location, answer.Location)
                    .SetProperty(each => each.ETag, answer.ETag)
                    .SetProperty(each => each.Body, answer.Body)
                    .SetProperty(each => each.ExpiresAt, now + Lifetime),
                cancellationToken),
        };
    }

    public async Task PurgeAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (schedule.IsDue(nameof(IdempotencyKey), now))
        {
            await db.IdempotencyKeys
                .Where(row => row.ExpiresAt <= now)
                .OrderBy(row => row.ExpiresAt)
                .Take(PurgedAtOnce)
                .ExecuteDeleteAsync(cancellationToken);
        }
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
