using System.Data;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Shop.Application.Abstractions;
using Shop.Domain.Common;
using Shop.Domain.Users;
using Shop.Infrastructure.Caching;
using Shop.Infrastructure.Persistence;

namespace Shop.Infrastructure.Identity;

/// <summary>
/// Sign-ins. Refresh tokens rotate: one that is used a second time has been stolen or lost on the way, so its whole family ends
/// (RFC 9700, section 4.14.2).
/// </summary>
internal sealed class Sessions(
    ShopDbContext db, IDatabaseErrors databaseErrors, IOptionsMonitor<BearerTokenOptions> bearer, PurgeSchedule schedule, ICatalogFeed feed, CatalogFreshness freshness, TimeProvider clock) : ISessions
{
    public static readonly TimeSpan AccessTokenLifetime = TimeSpan.FromHours(1);

    private const int PurgedAtOnce = 1_000;

    private static readonly TimeSpan RefreshTokenLifetime = TimeSpan.FromDays(30);

    public async Task<TokenPair> OpenAsync(long userId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await PurgeAsync(now, cancellationToken);
        var session = new Session { UserId = userId, CreatedAt = now, ExpiresAt = now + RefreshTokenLifetime };
        await db.Sessions.AddAsync(session, cancellationToken);
        return Issue(session, now);
    }

    public async Task<Result<TokenPair>> RefreshAsync(string refreshToken, CancellationToken cancellationToken) =>
        await db.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            db.BeginUnit();
            await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
            var outcome = await RotateAsync(Hash(refreshToken), cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            if (db.EndsSignIns)
            {
                await feed.TellSignInsAsync(db, cancellationToken);
            }

            try
            {
                await transaction.CommitAsync(databaseErrors, repeatsSafely: false, cancellationToken);
            }
            finally
            {
                if (db.EndsSignIns)
                {
                    freshness.EndSignIns();
                }
            }

            return outcome;
        });

    public Task EndAsync(string refreshToken, CancellationToken cancellationToken)
    {
        var hash = Hash(refreshToken);
        return RevokeAsync(db.Sessions.Where(session => db.RefreshTokens.Any(token => token.TokenHash == hash && token.SessionId == session.Id)), cancellationToken);
    }

    public Task EndAllAsync(long userId, CancellationToken cancellationToken) =>
        RevokeAsync(db.Sessions.Where(session => session.UserId == userId), cancellationToken);

    /// <summary>Forgets, with their tokens, sign-ins that nobody can renew any more.</summary>
    private async Task PurgeAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (schedule.IsDue(nameof(Session), now))
        {
            await db.Sessions
                .Where(session => session.ExpiresAt <= now)
                .OrderBy(session => session.ExpiresAt)
                .Take(PurgedAtOnce)
                .ExecuteDeleteAsync(cancellationToken);
        }
    }

    private async Task<Result<TokenPair>> RotateAsync(byte[] hash, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var used = await db.RefreshTokens
            .Where(token => token.TokenHash == hash && token.UsedAt == null && token.ExpiresAt > now && token.Session!.RevokedAt == null)
            .ExecuteUpdateAsync(row => row.SetProperty(token => token.UsedAt, now), cancellationToken);
        var family = db.Sessions.Where(session => db.RefreshTokens.Any(token => token.TokenHash == hash && token.SessionId == session.Id));
        if (used == 0)
        {
            await RevokeAsync(family, cancellationToken);
            return UserErrors.BadRefreshToken;
        }

        var session = await family.SingleAsync(cancellationToken);
        session.ExpiresAt = now + RefreshTokenLifetime;
        return Issue(session, now);
    }

    private Task<int> RevokeAsync(IQueryable<Session> sessions, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        db.EndsSignIns = true;
        return sessions
            .Where(session => session.RevokedAt == null)
            .ExecuteUpdateAsync(row => row.SetProperty(session => session.RevokedAt, now), cancellationToken);
    }

    private TokenPair Issue(Session session, DateTimeOffset now)
    {
        var refreshToken = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        db.RefreshTokens.Add(new RefreshToken
        {
            SessionId = session.Id,
            TokenHash = Hash(refreshToken),
            CreatedAt = now,
            ExpiresAt = session.ExpiresAt,
        });
        var principal = new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim(ClaimTypes.Sid, session.Id.ToString(System.Globalization.CultureInfo.InvariantCulture))],
            BearerTokenDefaults.AuthenticationScheme));
        var properties = new AuthenticationProperties { ExpiresUtc = now + AccessTokenLifetime };
        var accessToken = bearer.Get(BearerTokenDefaults.AuthenticationScheme).BearerTokenProtector.Protect(
            new AuthenticationTicket(principal, properties, $"{BearerTokenDefaults.AuthenticationScheme}:AccessToken"));
        return new TokenPair("Bearer", accessToken, (int)AccessTokenLifetime.TotalSeconds, refreshToken);
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
