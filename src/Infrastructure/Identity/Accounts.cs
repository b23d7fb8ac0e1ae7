using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Shop.Application.Abstractions;
using Shop.Infrastructure.Persistence;

namespace Shop.Infrastructure.Identity;

internal sealed class Accounts(ShopDbContext db, IPasswordHasher<ShopUser> hasher, UnknownAccount unknown) : IAccounts
{
    public async Task OpenAsync(long userId, string? password, CancellationToken cancellationToken)
    {
        var account = new ShopUser { Id = userId };
        SetPassword(account, password);
        await db.Accounts.AddAsync(account, cancellationToken);
    }

    public async Task<string?> CheckPasswordAsync(long? userId, string password, CancellationToken cancellationToken)
    {
        var account = await db.Accounts.AsNoTracking().SingleOrDefaultAsync(each => each.Id == userId, cancellationToken);
        var result = hasher.VerifyHashedPassword(account ?? unknown.Account, account?.PasswordHash ?? unknown.PasswordHash, password);
        return account?.PasswordHash is not null && result != PasswordVerificationResult.Failed ? account.SecurityStamp : null;
    }

    public Task<bool> HasStampAsync(long userId, string stamp, CancellationToken cancellationToken) =>
        db.Accounts.AnyAsync(each => each.Id == userId && each.SecurityStamp == stamp, cancellationToken);

    public async Task SetPasswordAsync(long userId, string password, CancellationToken cancellationToken) =>
        SetPassword(await db.Accounts.SingleAsync(each => each.Id == userId, cancellationToken), password);

    public async Task ConfirmEmailAsync(long userId, CancellationToken cancellationToken) =>
        (await db.Accounts.SingleAsync(each => each.Id == userId, cancellationToken)).EmailConfirmed = true;

    public async Task ForgetConfirmationAsync(long userId, CancellationToken cancellationToken)
    {
        if (await db.Accounts.SingleOrDefaultAsync(each => each.Id == userId, cancellationToken) is { } account)
        {
            account.EmailConfirmed = false;
        }
    }

    public async Task CloseAsync(long userId, CancellationToken cancellationToken)
    {
        await db.Accounts.Where(each => each.Id == userId).ExecuteDeleteAsync(cancellationToken);
        db.EndsSignIns = true;
        await db.Sessions.Where(each => each.UserId == userId).ExecuteDeleteAsync(cancellationToken);
        await db.MailedTokens.Where(each => each.UserId == userId).ExecuteDeleteAsync(cancellationToken);
    }

    private void SetPassword(ShopUser account, string? password)
    {
        account.PasswordHash = password is null ? null : hasher.HashPassword(account, password);
        account.SecurityStamp = Guid.NewGuid().ToString("N");
        account.ConcurrencyStamp = Guid.NewGuid().ToString("N");
    }
}

/// <summary>An account that nobody has: checking a password against it takes as long as against a real one.</summary>
internal sealed class UnknownAccount(IPasswordHasher<ShopUser> hasher)
{
    public ShopUser Account { get; } = new();

    public string PasswordHash { get; } = hasher.HashPassword(new ShopUser(), Guid.NewGuid().ToString());
}
