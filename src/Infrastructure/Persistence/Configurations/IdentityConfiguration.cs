using Microsoft.EntityFrameworkCore;
using Shop.Domain.Users;
using Shop.Infrastructure.Identity;

namespace Shop.Infrastructure.Persistence.Configurations;

internal sealed class IdentityConfiguration : EntityConfiguration
{
    public override void Configure(ModelBuilder model, Dialect dialect)
    {
        var account = model.Entity<ShopUser>();
        account.ToTable("accounts");
        account.Property(each => each.Id).ValueGeneratedNever();
        account.Property(each => each.PasswordHash).HasMaxLength(500);
        account.Property(each => each.SecurityStamp).HasMaxLength(100);
        account.Property(each => each.ConcurrencyStamp).HasMaxLength(100).IsConcurrencyToken();
        account.HasOne<User>().WithOne().HasForeignKey<ShopUser>(each => each.Id).OnDelete(DeleteBehavior.Cascade);
        account.Ignore(each => each.UserName).Ignore(each => each.NormalizedUserName).Ignore(each => each.Email)
            .Ignore(each => each.NormalizedEmail).Ignore(each => each.PhoneNumber).Ignore(each => each.PhoneNumberConfirmed)
            .Ignore(each => each.TwoFactorEnabled).Ignore(each => each.LockoutEnd).Ignore(each => each.LockoutEnabled)
            .Ignore(each => each.AccessFailedCount);

        var session = model.Entity<Session>();
        session.ToTable("sessions");
        dialect.UseSequence(session.Property(each => each.Id), "session_ids");
        session.HasOne<User>().WithMany().HasForeignKey(each => each.UserId).OnDelete(DeleteBehavior.Cascade);
        session.HasIndex(each => each.UserId);
        session.HasIndex(each => each.ExpiresAt);

        var token = model.Entity<RefreshToken>();
        token.ToTable("refresh_tokens");
        token.Property(each => each.TokenHash).HasMaxLength(32);
        token.HasOne(each => each.Session).WithMany().HasForeignKey(each => each.SessionId).OnDelete(DeleteBehavior.Cascade);
        token.HasIndex(each => each.TokenHash).IsUnique();
        token.HasIndex(each => each.SessionId);

        var failures = model.Entity<SignInFailures>();
        failures.ToTable("sign_in_failures").HasKey(each => each.KeyHash);
        failures.Property(each => each.KeyHash).HasMaxLength(32);
        failures.HasIndex(each => each.EndsAt);

        model.Entity<DataProtectionKey>().ToTable("data_protection_keys").HasKey(each => each.Id);
    }
}
