using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Shop.Application.Abstractions;
using Shop.Domain.Common;
using Shop.Domain.Users;
using Shop.Infrastructure.Persistence;

namespace Shop.Infrastructure.Startup;

/// <summary>Makes the first admin of a shop that has none: from the settings, or in Development with a password that is shown once.</summary>
internal sealed partial class FirstAdmin(
    ShopDbContext db, IAccounts accounts, IUnitOfWork unitOfWork, ILocks locks, ShopSettings settings, TimeProvider clock, ILogger<FirstAdmin> log)
{
    private const string Username = "admin";
    private const string DevelopmentEmail = "admin@shop.example";

    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (await db.Users.AnyAsync(user => user.Roles.Any(role => role.Role == User.AdminRole), cancellationToken))
        {
            return;
        }

        if (settings.AdminEmail is null && !settings.IsDevelopment)
        {
            NoAdmin(log);
            return;
        }

        var email = settings.AdminEmail ?? DevelopmentEmail;
        var password = settings.AdminPassword ?? RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 16);
        var made = await unitOfWork.ExecuteAsync(() => MakeAsync(email, password, cancellationToken), cancellationToken);
        if (made.IsFailure)
        {
            throw new SettingException($"Shop:Admin:Email is '{email}', but no admin could be made of it: {made.Error.Detail}");
        }

        if (made.Value && settings.AdminPassword is null)
        {
            Console.WriteLine($"The first admin: {email}, password {password} (shown this once).");
        }
    }

    private async Task<Result<bool>> MakeAsync(string email, string password, CancellationToken cancellationToken)
    {
        await locks.TakeAsync(LockNames.Admins, cancellationToken);
        if (await db.Users.AnyAsync(user => user.Roles.Any(role => role.Role == User.AdminRole), cancellationToken))
        {
            return false;
        }

        var now = clock.GetUtcNow();
        var isTaken = await db.Users.AnyAsync(user => user.Username == Username, cancellationToken);
        var username = isTaken ? $"{Username}-{RandomNumberGenerator.GetString("0123456789", 6)}" : Username;
        var admin = User.Register(username, new UserProfile(email, null, null, null), now);
        admin.AssignRoles([User.AdminRole], now);
        await db.AddAsync(admin, cancellationToken);
        await accounts.OpenAsync(admin.Id, password, cancellationToken);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The shop has no admin. Set Shop:Admin:Email and Shop:Admin:Password and start again to make one.")]
    private static partial void NoAdmin(ILogger log);
}
