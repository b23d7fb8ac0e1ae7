using Microsoft.EntityFrameworkCore;
using Shop.Application.Abstractions;
using Shop.Domain.Common;
using Shop.Domain.Users;
using Shop.Infrastructure.Persistence;

namespace Shop.Infrastructure.Identity;

internal sealed class AccountRequests(
    ShopDbContext db, AttemptCounts counts, IUnitOfWork unitOfWork, ICurrentUser caller, ShopSettings settings, PurgeSchedule schedule, TimeProvider clock)
    : IAccountRequests
{
    public const int MaxOfMailbox = 5;
    public const int MaxOfCaller = 100;

    private const int PurgedAtOnce = 1_000;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <summary>Requests hold an address, so they don't stay when nobody mails them.</summary>
    private static readonly TimeSpan Retention = TimeSpan.FromDays(1);

    public async Task<Result> MakeAsync(MailedTokenPurpose purpose, string email, CancellationToken cancellationToken)
    {
        if (settings.RateLimitsEnabled)
        {
            var ofCaller = AttemptCounts.Key("mails_of_caller:" + caller.Address);
            await counts.CountAsync(ofCaller, Window, cancellationToken);
            await counts.PurgeAsync(cancellationToken);
            if (await counts.ExceededUntilAsync(ofCaller, MaxOfCaller, cancellationToken) is { } end)
            {
                return UserErrors.TooManyMails with { RetryAfter = end - clock.GetUtcNow() };
            }

            var ofMailbox = AttemptCounts.Key("mails_to:" + email.ToLowerInvariant());
            await counts.CountAsync(ofMailbox, Window, cancellationToken);
            if (await counts.ExceededUntilAsync(ofMailbox, MaxOfMailbox, cancellationToken) is not null)
            {
                return Result.Ok;
            }
        }

        return await unitOfWork.ExecuteAsync(() => AddAsync(purpose, email, cancellationToken), cancellationToken);
    }

    private async Task<Result> AddAsync(MailedTokenPurpose purpose, string email, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (schedule.IsDue(nameof(AccountRequest), now))
        {
            var before = now - Retention;
            await db.AccountRequests.Where(each => each.CreatedAt < before).OrderBy(each => each.CreatedAt).Take(PurgedAtOnce)
                .ExecuteDeleteAsync(cancellationToken);
        }

        await db.AddAsync(AccountRequest.Make(purpose, email, now), cancellationToken);
        return Result.Ok;
    }
}
