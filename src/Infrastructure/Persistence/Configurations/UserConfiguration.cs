using Microsoft.EntityFrameworkCore;
using Shop.Domain.Users;

namespace Shop.Infrastructure.Persistence.Configurations;

internal sealed class UserConfiguration : EntityConfiguration
{
    public const string SearchText = "SearchText";

    public override void Configure(ModelBuilder model, Dialect dialect)
    {
        var user = Aggregate<User>(model, dialect, "users");
        user.Property(each => each.Username).HasMaxLength(User.MaxUsernameLength).UseCollation(dialect.CaseInsensitive);
        user.Property(each => each.Email).HasMaxLength(User.MaxEmailLength).UseCollation(dialect.CaseInsensitive);
        user.Property(each => each.FirstName).HasMaxLength(User.MaxNameLength);
        user.Property(each => each.LastName).HasMaxLength(User.MaxNameLength);
        user.Property(each => each.Gender).HasMaxLength(User.MaxGenderLength);
        Computed(user.Property<string>(SearchText), dialect.Searchable("username", "email", "first_name", "last_name"));
        user.Ignore(each => each.IsAdmin);
        user.HasIndex(each => each.Username).IsUnique().HasDatabaseName(ConstraintErrors.Username);
        user.HasIndex(each => each.Email).IsUnique().HasFilter($"{dialect.Quote("email")} IS NOT NULL").HasDatabaseName(ConstraintErrors.Email);
        user.HasIndex(each => each.Id).HasFilter($"{dialect.Quote("erased_at")} IS NOT NULL").HasDatabaseName("ix_users_erased");
        user.HasIndex(each => new { each.CreatedAt, each.Id });

        user.OwnsMany(each => each.Roles, role =>
        {
            role.ToTable("user_roles");
            role.WithOwner().HasForeignKey("UserId");
            role.Property(each => each.Role).HasMaxLength(50);
            role.HasKey("UserId", nameof(UserRole.Role));
        });
    }
}
