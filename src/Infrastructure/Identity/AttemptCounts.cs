using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Shop.Infrastructure.Persistence;

namespace Shop.Infrastructure.Identity;

/// <summary>Counts attempts in the database, so that a restart forgets none and every node knows them (docs/adr/0005).</summary>
internal sealed class AttemptCounts(ShopDbContext db, IDatabaseErrors databaseErrors, PurgeSchedule schedule, TimeProvider clock)
{
    private const int PurgedAtOnce = 1_000;

    /// <summary>What attempts are counted under.</summary>
    /// <param name="name">What is attempted and by whom; it is not kept.</param>
    public static byte[] Key(string name) => SHA256.HashData(Encoding.UTF8.GetBytes(name));

    /// <summary>
    /// Counts one at once, outside any unit of work: on in the window that is open, else in a new one; again when somebody else opens it
    /// at the same moment.
    /// </summary>
    public async Task CountAsync(byte[] key, TimeSpan window, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        db.ChangeTracker.Clear();
        while (await db.SignInFailures
            .Where(row => row.KeyHash == key)
            .ExecuteUpdateAsync(
                row => row
                    .SetProperty(each => each.Failures, each => each.EndsAt > now ? each.Failures + 1 : 1)
                    .SetProperty(each => each.EndsAt, each => each.EndsAt > now ? each.EndsAt : now + window),
                cancellationToken) == 0)
        {
            db.SignInFailures.Add(new SignInFailures { KeyHash = key, Failures = 1, EndsAt = now + window });
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

    /// <summary>When the window of a key ends in which there were more than so many, UTC; null when there were not.</summary>
    public Task<DateTimeOffset?> ExceededUntilAsync(byte[] key, int limit, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return db.SignInFailures
            .Where(row => row.KeyHash == key && row.EndsAt > now && row.Failures > limit)
            .MaxAsync(row => (DateTimeOffset?)row.EndsAt, cancellationToken);
    }

    /// <summary>Forgets, in passing, windows that are over.</summary>
    public async Task PurgeAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (schedule.IsDue(nameof(SignInFailures), now))
        {
            await db.SignInFailures.Where(row => row.EndsAt <= now).OrderBy(row => row.EndsAt).Take(PurgedAtOnce).ExecuteDeleteAsync(cancellationToken);
        }
    }
}
