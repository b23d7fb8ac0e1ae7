using Microsoft.EntityFrameworkCore;
using Shop.Domain.Outbox;
using Shop.Domain.Users;
using Shop.Infrastructure.Identity;
using Shop.Infrastructure.Mail;

namespace Shop.Infrastructure.Persistence.Configurations;

internal sealed class MailConfiguration : EntityConfiguration
{
    public override void Configure(ModelBuilder model, Dialect dialect)
    {
        var request = Aggregate<AccountRequest>(model, dialect, "account_requests");
        request.Property(each => each.Email).HasMaxLength(User.MaxEmailLength).UseCollation(dialect.CaseInsensitive);
        request.HasIndex(each => each.Email);
        request.HasIndex(each => each.CreatedAt);

        var token = model.Entity<MailedTokenRow>();
        token.ToTable("account_tokens");
        token.Property(each => each.TokenHash).HasMaxLength(32);
        token.Property(each => each.Email).HasMaxLength(User.MaxEmailLength);
        token.HasOne<User>().WithMany().HasForeignKey(each => each.UserId).OnDelete(DeleteBehavior.Cascade);
        token.HasIndex(each => each.TokenHash).IsUnique();
        token.HasIndex(each => each.UserId);
        token.HasIndex(each => each.ExpiresAt);

        var mail = model.Entity<LoggedMail>();
        mail.ToTable("mails");
        mail.HasKey(each => new { each.EventId, each.Kind });
        mail.Property(each => each.Kind).HasMaxLength(LoggedMail.MaxKindLength);
        mail.Property(each => each.Reason).HasMaxLength(LoggedMail.MaxReasonLength);
        mail.HasOne<OutboxEvent>().WithMany().HasForeignKey(each => each.EventId).HasPrincipalKey(each => each.EventId).OnDelete(DeleteBehavior.Cascade);
        mail.HasOne<User>().WithMany().HasForeignKey(each => each.UserId).OnDelete(DeleteBehavior.Restrict);
        mail.HasIndex(each => each.UserId);
    }
}
