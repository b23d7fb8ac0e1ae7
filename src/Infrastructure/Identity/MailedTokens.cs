using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Shop.Application.Abstractions;
using Shop.Domain.Common;
using Shop.Domain.Users;
using Shop.Infrastructure.Persistence;

namespace Shop.Infrastructure.Identity;

internal sealed class MailedTokens(
    ShopDbContext db, IRepository<User> users, IUnitOfWork unitOfWork, PurgeSchedule schedule, TimeProvider clock) : IMailedTokens
{
    public static readonly TimeSpan ResetLifetime = TimeSpan.FromHours(1);
    public static readonly TimeSpan ConfirmLifetime = TimeSpan.FromDays(3);

    private const int PurgedAtOnce = 1_000;

    public async Task<MailedToken?> IssueAsync(long userId, MailedTokenPurpose purpose, Guid eventId, CancellationToken cancellationToken)
    {
        var issued = await unitOfWork.ExecuteAsync<Result<MailedToken>>(
            async () =>
            {
                // Under the user's lock, two mails at once don't leave two good tokens
                if (await users.FindForUpdateAsync(UserSpecs.ById(userId), cancellationToken) is not { Email: { } email })
                {
                    return UserErrors.NotFound;
                }

                await db.MailedTokens
                    .Where(row => row.UserId == userId && row.Purpose == purpose && row.EventId != eventId)
                    .ExecuteDeleteAsync(cancellationToken);
                await PurgeAsync(cancellationToken);
                var token = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
                db.MailedTokens.Add(new MailedTokenRow
                {
                    UserId = userId,
                    Purpose = purpose,
                    TokenHash = Hash(token),
                    Email = email,
                    EventId = eventId,
                    ExpiresAt = clock.GetUtcNow() + (purpose == MailedTokenPurpose.Reset ? ResetLifetime : ConfirmLifetime),
                });
                return new MailedToken(token, email);
            },
            cancellationToken,
            repeatsSafely: true);
        return issued.IsFailure ? null : issued.Value;
    }

    public Task<long?> FindUserAsync(string token, MailedTokenPurpose purpose, CancellationToken cancellationToken)
    {
        var hash = Hash(token);
        return db.MailedTokens
            .Where(row => row.TokenHash == hash && row.Purpose == purpose)
            .Select(row => (long?)row.UserId)
            .FirstOrDefaultAsync(cancellationToken);
    }

    public async Task<bool> UseAsync(string token, MailedTokenPurpose purpose, string email, CancellationToken cancellationToken)
    {
        var (hash, now) = (Hash(token), clock.GetUtcNow());
        return await db.MailedTokens
            .Where(row => row.TokenHash == hash && row.Purpose == purpose && row.Email == email && row.UsedAt == null && row.ExpiresAt > now)
            .ExecuteUpdateAsync(row => row.SetProperty(each => each.UsedAt, now), cancellationToken) == 1;
    }

    public Task EndAllAsync(long userId, CancellationToken cancellationToken) =>
        db.MailedTokens.Where(row => row.UserId == userId && row.UsedAt == null).ExecuteDeleteAsync(cancellationToken);

    private async Task PurgeAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (schedule.IsDue(nameof(MailedTokenRow), now))
        {
            await db.MailedTokens.Where(row => row.ExpiresAt <= now).OrderBy(row => row.ExpiresAt).Take(PurgedAtOnce).ExecuteDeleteAsync(cancellationToken);
        }
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
